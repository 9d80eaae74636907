"""The settings, and the one place that reads the environment and `.env`.

Every setting is a field of `Settings`; its name in the environment is the field's name in capitals. The
description of a field says what a right value is and ends the sentence that reports a wrong one.
"""

import base64
import ipaddress
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, quote, unquote, urlsplit
from zoneinfo import available_timezones

from dotenv.parser import parse_stream
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretBytes,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)

KEY_BYTES = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LONGEST_SHOWN = 80
ENCODING = "utf-8-sig"
_TOKEN = re.compile(r"\d{6,}:[\w-]{20,}|[\w-]{23,}\.[\w-]{6}\.[\w-]{27,}")
_PASSWORD = re.compile(r"(?<=://)([^/@\s]*):[^/@\s]*@")
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*")


class SettingsError(ValueError):
    """The settings cannot be used. Its text has one sentence, on a line of its own, for each mistake."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def hide_secrets(text: str) -> str:
    """`text` without what looks like a bot's token or like the password in a URL."""
    return _PASSWORD.sub(r"\1:***@", _TOKEN.sub("***", text))


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine can reach `host`, an address or a name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _matching(pattern: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError
        return secret

    return AfterValidator(check)


def _split(url: str) -> SplitResult:
    """The parts of `url`; ValueError where one of them cannot be read."""
    parts = urlsplit(url)
    if parts.port == 0:
        raise ValueError
    return parts


def _web_address(url: str) -> str:
    parts = _split(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/")


def _webhook_address(url: str) -> str:
    parts = _split(_web_address(url))
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ValueError
    return url


def _database_address(url: str) -> str:
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    parts = _split(url)
    is_file = parts.scheme == "sqlite" and url.startswith("sqlite:///") and ":memory:" not in url
    if not (is_file or parts.scheme == "postgresql") or len(parts.path) < 2:
        raise ValueError
    return url


def _host(name: str) -> str:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        if not _HOST_NAME.fullmatch(name) or re.fullmatch(r"[\d.]+", name):
            raise
    return name


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError
    return name


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError
    return tag


def _key(text: str) -> SecretBytes:
    """One encryption key from hexadecimal or base64 (also the URL-safe kind, padded or not)."""
    if len(text) == 2 * KEY_BYTES:
        key = bytes.fromhex(text)
    else:
        standard = text.replace("-", "+").replace("_", "/").rstrip("=")
        key = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError
    return SecretBytes(key)


def _keys(given: object) -> object:
    if not isinstance(given, str):
        return given
    return tuple(_key(text.strip()) for text in given.split(","))


def _log_level(name: str) -> str:
    if name.upper() not in LOG_LEVELS:
        raise ValueError
    return name.upper()


class Settings(BaseSettings):
    """Everything that an operator can set. Frozen; its `repr` shows no secret."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_file_encoding=ENCODING,
        hide_input_in_errors=True,
    )

    telegram_token: Annotated[SecretStr, _matching(r"\d+:[\w-]+")] | None = Field(
        None, description="the token that BotFather gave: digits, a colon, then letters and digits"
    )
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://api.telegram.org", description="the root of a Bot API server, such as http://127.0.0.1:8081"
    )
    telegram_webhook_url: Annotated[str, AfterValidator(_webhook_address)] | None = Field(
        None, description="an address such as https://limber.example.org/telegram (http only on loopback)"
    )
    telegram_webhook_secret: Annotated[SecretStr, _matching(r"[A-Za-z0-9_-]{1,256}")] | None = Field(
        None, description="1 to 256 of the characters A-Z, a-z, 0-9, _ and -"
    )
    discord_token: Annotated[SecretStr, _matching(r"[\w.-]+")] | None = Field(
        None, description="the bot token of Discord's developer portal: letters and digits with dots"
    )
    discord_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://discord.com/api/v10",
        description="the root of Discord's API or of a proxy before it, such as http://127.0.0.1:8082/api/v10",
    )
    discord_free_text: bool = Field(False, description="true or false")
    local_chat: bool | None = Field(None, description="true or false, or unset: on where no token is set")
    host: Annotated[str, AfterValidator(_host)] = Field(
        "127.0.0.1", description="an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0"
    )
    port: int = Field(
        8080, ge=0, le=65535, description="a whole number from 1 to 65535, or 0 for any free one"
    )
    database_url: Annotated[str, AfterValidator(_database_address)] = Field(
        "sqlite:///data/limber.db",
        repr=False,
        description="sqlite:///path/to/file.db or postgresql://user:password@host/database",
    )
    encryption_keys: Annotated[tuple[SecretBytes, ...], NoDecode, BeforeValidator(_keys)] = Field(
        (), description="keys of 32 bytes in base64 or hexadecimal, newest first, with commas between"
    )
    send_rate: int = Field(28, ge=1, le=1000, description="a whole number from 1 to 1000")
    default_timezone: Annotated[str, AfterValidator(_time_zone)] = Field(
        "UTC", description="the name of an IANA time zone, such as Europe/Berlin"
    )
    default_language: Annotated[str, AfterValidator(_language)] = Field(
        "en", description="the code of a language, such as en or pt-BR"
    )
    operator_name: str | None = Field(None, description="the name of who runs this bot")
    operator_contact: str | None = Field(None, description="how to reach who runs this bot")
    retention_days: int | None = Field(None, ge=1, description="a whole number of days above 0")
    log_level: Annotated[str, AfterValidator(_log_level)] = Field(
        "INFO", description="DEBUG, INFO, WARNING, ERROR or CRITICAL"
    )
    log_format: Literal["text", "json"] = Field("text", description="text or json")

    @property
    def local_chat_on(self) -> bool:
        """Whether the local page is served: as set, else where no token is set."""
        if self.local_chat is not None:
            return self.local_chat
        return self.telegram_token is None and self.discord_token is None

    @property
    def secrets(self) -> frozenset[str]:
        """Every secret text in these settings, in each form it may be written in."""
        tokens = (self.telegram_token, self.telegram_webhook_secret, self.discord_token)
        found = {token.get_secret_value() for token in tokens if token}
        password = urlsplit(self.database_url).password
        if password:
            found |= {password, unquote(password), quote(unquote(password), safe="")}
        for key in self.encryption_keys:
            raw = key.get_secret_value()
            found |= {raw.hex(), base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()}
        return frozenset(found)

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        mistakes = list(self._mismatches())
        if mistakes:
            raise ValueError("\n".join(mistakes))
        return self

    def _mismatches(self) -> Iterator[str]:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            yield (
                "TELEGRAM_WEBHOOK_SECRET is not set, but TELEGRAM_WEBHOOK_URL is "
                f"{_shown(self.telegram_webhook_url)} and needs it: "
                f"{type(self).model_fields['telegram_webhook_secret'].description}."
            )
        if self.local_chat_on and not is_loopback(self.host):
            reason = "LOCAL_CHAT is true" if self.local_chat else "LOCAL_CHAT is on because no token is set"
            yield (
                f"HOST is {_shown(self.host)} while {reason}, but the local chat is for this machine only: "
                "HOST should be 127.0.0.1, or LOCAL_CHAT false."
            )


def load_settings(env: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """The settings from `env` (None: the process environment), then `env_file`, then the defaults.

    An empty value counts as unset; a file that is not there is no mistake. Raises SettingsError with one
    sentence for each mistake.
    """
    if env_file is not None:
        _check_file(env_file)
    environment = EnvSettingsSource(Settings)
    environment.env_vars = _given(environment.env_vars if env is None else env)
    file = DotEnvSettingsSource(Settings, env_file=env_file)
    file.env_vars = _given(file.env_vars)
    try:
        return Settings(_build_sources=((environment, file), {}))
    except ValidationError as error:
        sentences = [_sentence(mistake) for mistake in error.errors()]
    raise SettingsError(*dict.fromkeys(sentences))


def _given(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """What of `values` says anything, under the names of fields."""
    return {name.lower(): value.strip() for name, value in values.items() if value and value.strip()}


def _check_file(path: Path) -> None:
    """Raise SettingsError where `path` is there but cannot be read line by line as NAME=value."""
    if not path.exists():
        return
    try:
        with path.open(encoding=ENCODING) as lines:
            wrong = [binding.original.line for binding in parse_stream(lines) if binding.error]
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); it should be a text file.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} cannot be read; it should be a text file in UTF-8.") from None
    if wrong:
        raise SettingsError(*(f"{path}, line {line}, should have the form NAME=value." for line in wrong))


def _sentence(mistake: ErrorDetails) -> str:
    if not mistake["loc"]:
        return str(mistake["ctx"]["error"])
    field = str(mistake["loc"][0])
    info = Settings.model_fields[field]
    if "Secret" in str(info.annotation):
        return f"{field.upper()} (its value is not shown) should be {info.description}."
    return f"{field.upper()} is {_shown(mistake['input'])}, but should be {info.description}."


def _shown(value: object) -> str:
    shown = repr(hide_secrets(str(value)))
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
