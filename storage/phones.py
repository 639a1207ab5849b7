"""Telephone numbers: encrypted to be kept, hashed with a key to be found, masked to be shown."""

from base64 import urlsafe_b64encode
from hmac import digest

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Phones:
    """Two keys from the installation's secret: who has the database alone has no numbers."""

    def __init__(self, secret: str) -> None:
        self._cipher = Fernet(urlsafe_b64encode(_derived(secret, b"phone cipher")))
        self._hash_key = _derived(secret, b"phone hash")

    def sealed(self, phone: str) -> str:
        return self._cipher.encrypt(phone.encode()).decode()

    def opened(self, sealed: str) -> str:
        """ "" where another secret sealed it."""
        try:
            return self._cipher.decrypt(sealed).decode()
        except InvalidToken:
            return ""

    def hashed(self, phone: str) -> str:
        return digest(self._hash_key, phone.encode(), "sha256").hex()


def masked(phone: str) -> str:
    """138****5678"""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else "****"


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
