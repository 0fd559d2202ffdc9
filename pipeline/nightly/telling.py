"""The report on its way: two files beside the database, and to a webhook or by mail where the settings say so."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import httpx
import msgspec

from pipeline.nightly.settings import Mail, NightSettings
from pipeline.nightly.values import ALL_WELL, NightReport
from pipeline.nightly.written import markdown_of, summary_of
from pipeline.sources.ledger import write_whole

_SECONDS = 30.0


class NotTold(Exception):
    """The night's report could not be sent; it lies in its folder all the same."""

    advice = "Look at `webhook` and `mail` in the night's settings and at the servers they name."


def write_report(report: NightReport, folder: Path) -> Path:
    """Write the report as JSON and as Markdown, never over another; the Markdown file."""
    stem = _free_name(folder, report.date.isoformat())
    write_whole(folder / f"{stem}.json", msgspec.json.format(msgspec.json.encode(report), indent=1))
    page = folder / f"{stem}.md"
    write_whole(page, markdown_of(report).encode())
    return page


def send_report(report: NightReport, settings: NightSettings) -> None:
    """Send the report where the settings say. Raises NotTold once all have been tried."""
    if report.exit_code == ALL_WELL and settings.report_when == "trouble":
        return
    faults = list[str]()
    for name, send in _ways(report, settings):
        try:
            send()
        except (OSError, smtplib.SMTPException, httpx.HTTPError, httpx.InvalidURL) as error:
            faults.append(f"{name}: {_cause(error)}")
    if faults:
        raise NotTold("the report was not sent: " + "; ".join(faults))


def _cause(error: Exception) -> str:
    """What went wrong, without the webhook's address: that is as good as a password."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"the server answered {error.response.status_code}"
    return type(error).__name__ if isinstance(error, httpx.HTTPError) else f"{type(error).__name__}: {error}"


def _ways(report: NightReport, settings: NightSettings) -> list[tuple[str, Callable[[], None]]]:
    ways = list[tuple[str, Callable[[], None]]]()
    webhook, mail = settings.webhook, settings.mail
    if webhook is not None:
        ways.append(("webhook", lambda: _post(report, webhook, settings.contact)))
    if mail is not None:
        ways.append(("mail", lambda: _mail(report, mail)))
    return ways


def _post(report: NightReport, address: str, contact: str) -> None:
    """JSON with the report's values and, for chat programs, its summary as `text`."""
    headers = {"Content-Type": "application/json", "User-Agent": f"scrutiny nightly ({contact})"}
    body = msgspec.json.encode({"text": _subject(report) + "\n" + summary_of(report), "report": report})
    httpx.post(address, content=body, headers=headers, timeout=_SECONDS).raise_for_status()


def _mail(report: NightReport, mail: Mail) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = _subject(report), mail.sender, ", ".join(mail.to)
    message.set_content(markdown_of(report))
    secure = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=secure)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)
    with server:
        if mail.security == "starttls":
            server.starttls(context=secure)
        if mail.user and mail.password_file is not None:
            server.login(mail.user, mail.password_file.read_text(encoding="utf-8").strip())
        server.send_message(message)


def _subject(report: NightReport) -> str:
    state = "all well" if report.exit_code == ALL_WELL else "needs a look"
    return f"scrutiny, night of {report.date.isoformat()}: {state}"


def _free_name(folder: Path, day: str) -> str:
    names = (day if number == 1 else f"{day}-{number}" for number in range(1, 10_000))
    return next(name for name in names if not (folder / f"{name}.json").exists())
