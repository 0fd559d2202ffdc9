"""The web service's methods that we use, as addresses."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode, urljoin

import msgspec


class Service(msgspec.Struct, frozen=True):
    """A host's web service; `base` is the folder that holds mgWebService.asmx, without a slash at its end."""

    base: str

    def committees(self) -> str:
        return self._method("GetCommittees")

    def meetings(self, committee: int, first: dt.date, last: dt.date) -> str:
        """Days must be dd/mm/yyyy: others are passed over without a word."""
        days = (f"{day:%d/%m/%Y}" for day in (first, last))
        return self._method(
            "GetMeetings",
            lCommitteeId=str(committee),
            **dict(zip(("sFromDate", "sToDate"), days, strict=True)),
        )

    def meeting(self, number: int) -> str:
        return self._method("GetMeeting", lMeetingId=str(number))

    def file(self, address: str) -> str:
        """A file's address from the root, or from the folder of the service."""
        return urljoin(f"{self.base}/", address)

    def _method(self, name: str, **parameters: str) -> str:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self.base}/mgWebService.asmx/{name}{query}"
