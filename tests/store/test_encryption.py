import pytest

from bot.store.encryption import Cipher, Keyring, WrongKey, keyed_hash, new_key


def test_what_is_sealed_opens_for_its_own_row_only() -> None:
    cipher = Cipher(new_key())
    sealed = cipher.seal(b"felt silly at first", "reflection|1|7")

    assert cipher.open(sealed, "reflection|1|7") == b"felt silly at first"
    with pytest.raises(WrongKey):
        cipher.open(sealed, "reflection|2|7")
    with pytest.raises(WrongKey):
        Cipher(new_key()).open(sealed, "reflection|1|7")


def test_an_altered_value_does_not_open() -> None:
    cipher = Cipher(new_key())
    sealed = bytearray(cipher.seal(b"words", "x"))
    sealed[-1] ^= 1

    with pytest.raises(WrongKey):
        cipher.open(bytes(sealed), "x")


def test_the_newest_key_wraps_and_older_ones_still_unwrap() -> None:
    old, new = new_key(), new_key()
    wrapped = Keyring([old]).wrap(b"k" * 32, "person_key|1|1")
    rotated = Keyring([new, old])

    assert rotated.unwrap(wrapped, "person_key|1|1") == b"k" * 32
    assert not rotated.is_newest(wrapped)
    assert rotated.is_newest(rotated.wrap(b"k" * 32, "person_key|1|1"))


def test_a_lost_key_is_told_apart() -> None:
    wrapped = Keyring([new_key()]).wrap(b"k" * 32, "person_key|1|1")

    with pytest.raises(WrongKey):
        Keyring([new_key()]).unwrap(wrapped, "person_key|1|1")


@pytest.mark.parametrize("keys", [[], [b"short"]])
def test_a_keyring_needs_whole_keys(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(keys)


def test_the_look_up_hash_tells_platforms_apart() -> None:
    key = new_key()

    assert keyed_hash(key, "telegram", "12") != keyed_hash(key, "telegram1", "2")
    assert keyed_hash(key, "telegram", "12") == keyed_hash(key, "telegram", "12")
