from bot.texts import t
def told(found): return t("progress.days", n=found.summary.days_practised, window=t("progress.window_month"))
