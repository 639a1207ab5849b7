"""The installation's secret: SECRET_KEY, or one of its own in a file beside the database."""

import os
import secrets

from bot.documents_at_hand import folder_of
from bot.refusal import Refused
from bot.settings import Settings

FILE = "secret.key"


def installation_secret(settings: Settings) -> str:
    """Made once where there is none; several machines on one database need SECRET_KEY."""
    if given := settings.secret_key.get_secret_value():
        return given
    file = folder_of(settings.database_url) / FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text().strip()
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(32))
        return file.read_text().strip()
    except OSError as error:
        raise Refused(f"不能保存密钥文件 {file}：{error.strerror}（可设置 SECRET_KEY）") from None
