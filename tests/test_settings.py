"""Settings: every value from its place, every mistake in one sentence, no secret shown."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, SettingsError, hide_secrets, is_loopback, load_settings

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
DISCORD_TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
OLD_KEY, NEW_KEY = bytes(range(32)), bytes(range(200, 232))


def settings(**env: str) -> Settings:
    return load_settings(env, env_file=None)


def mistake(**env: str) -> str:
    with pytest.raises(SettingsError) as caught:
        settings(**env)
    return str(caught.value)


def test_defaults_run_the_local_chat_over_sqlite() -> None:
    plain = settings()
    assert plain.database_url == "sqlite:///data/limber.db"
    assert (plain.host, plain.port) == ("127.0.0.1", 8080)
    assert plain.telegram_api_url == "https://api.telegram.org"
    assert plain.send_rate == 28
    assert (plain.default_timezone, plain.default_language) == ("UTC", "en")
    assert (plain.log_level, plain.log_format) == ("INFO", "text")
    assert plain.encryption_keys == ()
    assert plain.retention_days is None
    assert not plain.discord_free_text
    assert plain.local_chat_on


@pytest.mark.parametrize(
    ("env", "on"),
    [
        ({}, True),
        ({"TELEGRAM_TOKEN": TOKEN}, False),
        ({"DISCORD_TOKEN": DISCORD_TOKEN}, False),
        ({"TELEGRAM_TOKEN": TOKEN, "LOCAL_CHAT": "true"}, True),
        ({"LOCAL_CHAT": "false"}, False),
        ({"TELEGRAM_TOKEN": " ", "LOCAL_CHAT": ""}, True),
    ],
)
def test_local_chat_is_on_where_no_token_is_set(env: dict[str, str], on: bool) -> None:
    assert settings(**env).local_chat_on is on


def test_everything_can_be_set() -> None:
    full = settings(
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_API_URL="http://bot-api:8081/",
        TELEGRAM_WEBHOOK_URL="https://limber.example.org/telegram",
        TELEGRAM_WEBHOOK_SECRET="s3cret-enough_",
        DISCORD_TOKEN=DISCORD_TOKEN,
        DISCORD_API_URL="http://127.0.0.1:8082/api/v10/",
        DISCORD_FREE_TEXT="yes",
        LOCAL_CHAT="off",
        HOST="0.0.0.0",
        PORT="443",
        DATABASE_URL="postgres://limber:pw@db/limber",
        ENCRYPTION_KEYS=f"{base64.b64encode(NEW_KEY).decode()} , {OLD_KEY.hex()}",
        SEND_RATE="1000",
        DEFAULT_TIMEZONE="Asia/Kathmandu",
        DEFAULT_LANGUAGE="pt-BR",
        OPERATOR_NAME="Praxis Süd",
        OPERATOR_CONTACT="mail@example.org",
        RETENTION_DAYS="365",
        LOG_LEVEL="debug",
        LOG_FORMAT="json",
    )
    assert full.telegram_api_url == "http://bot-api:8081"
    assert full.database_url == "postgresql://limber:pw@db/limber"
    assert [key.get_secret_value() for key in full.encryption_keys] == [NEW_KEY, OLD_KEY]
    assert full.log_level == "DEBUG"
    assert full.operator_name == "Praxis Süd"
    assert full.discord_free_text
    assert full.retention_days == 365


def test_settings_are_frozen() -> None:
    name = "port"
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings(), name, 1)


@pytest.mark.parametrize(
    "written",
    [
        NEW_KEY.hex(),
        NEW_KEY.hex().upper(),
        base64.b64encode(NEW_KEY).decode(),
        base64.urlsafe_b64encode(NEW_KEY).decode(),
        base64.urlsafe_b64encode(NEW_KEY).decode().rstrip("="),
    ],
)
def test_a_key_may_be_written_in_hexadecimal_or_any_base64(written: str) -> None:
    (key,) = settings(ENCRYPTION_KEYS=written).encryption_keys
    assert key.get_secret_value() == NEW_KEY


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("PORT", "eighty", "from 1 to 65535"),
        ("PORT", "65536", "from 1 to 65535"),
        ("PORT", "-1", "from 1 to 65535"),
        ("SEND_RATE", "0", "from 1 to 1000"),
        ("SEND_RATE", "1001", "from 1 to 1000"),
        ("SEND_RATE", "2.5", "from 1 to 1000"),
        ("RETENTION_DAYS", "0", "above 0"),
        ("HOST", "not a host", "such as 127.0.0.1"),
        ("HOST", "300.1.1.1", "such as 127.0.0.1"),
        ("DEFAULT_TIMEZONE", "Berlin", "such as Europe/Berlin"),
        ("DEFAULT_LANGUAGE", "English", "such as en"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("LOCAL_CHAT", "perhaps", "true or false"),
        ("DISCORD_FREE_TEXT", "perhaps", "true or false"),
        ("TELEGRAM_API_URL", "api.telegram.org", "such as http://127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "https://", "such as http://127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "http://bots:http", "such as http://127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "http://bots:0", "such as http://127.0.0.1:8081"),
        ("TELEGRAM_WEBHOOK_URL", "http://limber.example.org/t", "https://"),
        ("TELEGRAM_WEBHOOK_URL", "ftp://limber.example.org/t", "https://"),
        ("DATABASE_URL", "mysql://localhost/limber", "postgresql://"),
        ("DATABASE_URL", "sqlite://", "sqlite:///path"),
        ("DATABASE_URL", "sqlite:///", "sqlite:///path"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///path"),
        ("DATABASE_URL", "sqlite://data/limber.db", "sqlite:///path"),
        ("DATABASE_URL", "postgresql://localhost", "postgresql://"),
        ("DATABASE_URL", "postgresql://localhost:db/limber", "postgresql://"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_name_value_and_what_is_right(
    name: str, value: str, right: str
) -> None:
    sentence = mistake(**{name: value})
    assert sentence.startswith(f"{name} is {value!r}, but should be ")
    assert right in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "not-a-token"),
        ("TELEGRAM_WEBHOOK_SECRET", "with spaces"),
        ("DISCORD_TOKEN", "with spaces"),
        ("ENCRYPTION_KEYS", "abcdef"),
        ("ENCRYPTION_KEYS", f"{NEW_KEY.hex()},"),
        ("ENCRYPTION_KEYS", "z" * 64),
        ("ENCRYPTION_KEYS", "not base64 at all!"),
    ],
)
def test_a_wrong_secret_is_named_but_never_shown(name: str, value: str) -> None:
    sentence = mistake(**{name: value})
    assert sentence.startswith(f"{name} (its value is not shown) should be ")
    assert value not in sentence


def test_every_mistake_has_its_own_sentence() -> None:
    first, second = mistake(PORT="x", SEND_RATE="y").splitlines()
    assert first.startswith("PORT is 'x'")
    assert second.startswith("SEND_RATE is 'y'")


def test_a_webhook_needs_a_secret() -> None:
    sentence = mistake(TELEGRAM_TOKEN=TOKEN, TELEGRAM_WEBHOOK_URL="https://limber.example.org/t")
    assert sentence.startswith("TELEGRAM_WEBHOOK_SECRET is not set")
    assert "https://limber.example.org/t" in sentence


@pytest.mark.parametrize("url", ["http://127.0.0.1:8443/t", "http://localhost/t", "http://[::1]:80/t"])
def test_a_webhook_on_this_machine_may_be_plain(url: str) -> None:
    assert settings(TELEGRAM_WEBHOOK_URL=url, TELEGRAM_WEBHOOK_SECRET="abc").telegram_webhook_url == url


@pytest.mark.parametrize("env", [{}, {"TELEGRAM_TOKEN": TOKEN, "LOCAL_CHAT": "true"}])
def test_the_local_chat_is_never_open_to_other_machines(env: dict[str, str]) -> None:
    sentence = mistake(HOST="0.0.0.0", **env)
    assert sentence.startswith("HOST is '0.0.0.0' while LOCAL_CHAT is ")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_repr_shows_no_secret() -> None:
    shown = repr(
        settings(
            TELEGRAM_TOKEN=TOKEN,
            TELEGRAM_WEBHOOK_SECRET="hush-hush",
            DISCORD_TOKEN=DISCORD_TOKEN,
            ENCRYPTION_KEYS=NEW_KEY.hex(),
            DATABASE_URL="postgresql://limber:opensesame@db/limber",
        )
    )
    for secret in (TOKEN, "hush-hush", DISCORD_TOKEN, NEW_KEY.hex(), repr(NEW_KEY), "opensesame"):
        assert secret not in shown


def test_secrets_lists_every_form_that_could_slip_out() -> None:
    known = settings(
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_WEBHOOK_SECRET="hush-hush",
        ENCRYPTION_KEYS=NEW_KEY.hex(),
        DATABASE_URL="postgresql://limber:open%40sesame@db/limber",
    ).secrets
    assert {TOKEN, "hush-hush", NEW_KEY.hex(), "open%40sesame", "open@sesame"} <= known
    assert base64.b64encode(NEW_KEY).decode() in known


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
@pytest.mark.parametrize("secret", [TOKEN, DISCORD_TOKEN, "postgresql://limber:opensesame@db"])
def test_a_secret_pasted_in_the_wrong_place_is_not_shown(name: str, secret: str) -> None:
    try:
        settings(**{name.upper(): secret})
    except SettingsError as error:
        assert secret not in str(error)
        assert "opensesame" not in str(error)
        assert error.__context__ is None


@given(st.sampled_from(sorted(Settings.model_fields)), st.text(max_size=200))
def test_any_text_in_any_setting_is_taken_or_told_in_sentences(name: str, text: str) -> None:
    try:
        settings(**{name.upper(): text})
    except SettingsError as error:
        assert all(sentence.endswith(".") and sentence.isprintable() for sentence in error.sentences)
        assert name.upper() in str(error)


def test_a_long_value_is_shown_in_part() -> None:
    assert len(mistake(PORT="9" * 5000)) < 250


def test_the_file_is_read_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# comment\nPORT=1\nHOST='::1'\nSEND_RATE=\nUNKNOWN=1\nLOG_LEVEL=ERROR\n")
    merged = load_settings({"PORT": "2", "LOG_LEVEL": "  "}, file)
    assert (merged.port, merged.host, merged.send_rate, merged.log_level) == (2, "::1", 28, "ERROR")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=1\n", encoding="utf-8-sig")
    assert load_settings({}, file).port == 1


def test_a_missing_file_is_no_mistake(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env").port == 8080


def test_without_a_mapping_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "4321")
    assert load_settings(env_file=None).port == 4321
    assert load_settings({}, env_file=None).port == 8080


def test_a_file_that_cannot_be_understood_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=1\nthis is 'no setting\nHOST=::1\n")
    with pytest.raises(SettingsError, match=r"\.env, line 2, should have the form NAME=value\.$"):
        load_settings({}, file)


def test_a_file_in_another_encoding_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("OPERATOR_NAME=Süd\n".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"text file in UTF-8\.$"):
        load_settings({}, file)


def test_a_folder_in_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be read \(Is a directory\)"):
        load_settings({}, tmp_path)


def test_hide_secrets_leaves_the_rest() -> None:
    text = f"see https://api.telegram.org/bot{TOKEN}/getMe and postgresql://me:word@db/x at 12:30"
    assert (
        hide_secrets(text)
        == "see https://api.telegram.org/bot***/getMe and postgresql://me:***@db/x at 12:30"
    )
