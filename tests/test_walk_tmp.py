from tests.chat import talking, agreed
async def test_walk(tmp_path, clock):
    async for chat in talking(tmp_path, clock):
        ada = chat.person("ada", zone="Europe/Berlin")
        async def say(x):
            await ada.says(x); show(f">>> {x}")
        async def tap(x, **k):
            await ada.taps(x, **k); show(f">>> [{x}]")
        def show(what):
            print(what)
            new, ada.heard = ada.messages[ada.heard:], len(ada.messages)
            for m in new: print("   ", m.ref, m.wire.text.replace("\n","\n        "), m.labels, "PIC" if m.attachment else "")
        await say("hello")
        await say("/crisis")
        await say("/start")
        await tap("I agree")
        await say("Wise mind")
        await say("after breakfast")
        await say("Berlin")
        await say("every weekday at 7:30 and 21:00")
        await tap("Did it")
        await say("felt silly at first")
        await say("/progress")
        await say("/remind in 1 minute")
        await chat.passes(minutes=1); show("+1 min")
        await say("did it, 5 min, calmer")
        await say("/progress week")
        await say("/undo"); await say("/undo")
        await say("/practice box breathing")
        await tap("That's fine for me")
        await tap("7")
        for _ in range(9):
            lab = ada.messages[-1].labels
            lab = [l for l in lab if l in ("Next","Finish")] or [l for m in ada.messages[-3:] for l in m.labels if l in ("Next","Finish")]
            if not lab: break
            await tap(lab[0])
        await say("4")
        await say("/help")
        await say("shoulders dropped")
        await say("/reminders")
        await say("/pause for 3 days")
        await say("/pause"); await tap("A week")
        await say("/resume")
        await say("/export")
        print(ada.messages[-1].attachment.content.decode()[:600])
        await say("I want to kill myself")
        await say("/foo")
        await say("anxiety 11 to 4 did")
        await say("random thought here")
        await say("/settings"); await say("/plan"); await say("/skills worry")
        await say("/delete"); await tap("Delete everything")
        await say("hi")
