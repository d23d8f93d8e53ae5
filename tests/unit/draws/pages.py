"""Small made-up pages with every trap the official ones have, so that a fresh clone tests the parsers."""

from __future__ import annotations

import json

INVITATIONS = """<!doctype html><html><head><title>Invitations</title></head><body>
<nav><table><tr><td>menu</td></tr></table></nav><main>
<h1>Program invitations</h1>
<h2>Invitations to apply issued in 2026 to date</h2>
<h3>Employer Job Offer: Foreign Worker stream</h3>
<table><thead><tr><th>Date issued</th><th>Number of invitations issued</th><th>Date profiles created</th>
<th>Score range</th><th>Notes</th></tr></thead><tbody>
<tr><td>April 23, 2026</td><td>1,318</td><td>July 2, 2025 – April 21, 2026</td><td>63 and above</td>
<td>Targeted draw for Eastern&nbsp;Ontario.<script>alert(1)</script></td></tr>
<tr><td>April 23, 2026</td><td>57</td><td>July 2, 2025 – April 21, 2026</td><td>60 and above</td>
<td>Targeted draw for Northern Ontario.</td></tr>
<tr><td>January 15, 2026</td><td>4</td><td>2025</td><td>N/A</td><td>Economic Mobility Pathways</td></tr>
</tbody></table>
<h3>Ontario Workforce Priority stream</h3>
<table><tr><th>Notes</th><th>Score range</th><th>Number issued</th><th>Date issued</th></tr>
<tr><td>General Draw</td><td>71 and above</td><td>2084</td><td>September 8, 2026</td></tr></table>
<h2>Invitations to apply issued in 2023</h2>
<h3>Employer job offer: In-Demand Skills stream</h3>
<table><tr><th>Date issued</th><th>Number of invitations issued</th><th>Date profiles created</th>
<th>Score range</th><th>Notes</th></tr>
<tr><td>July 16, 2024</td><td>424</td><td>x</td><td>81 and above</td><td>General draw</td></tr>
<tr><td>September 19. 2023</td><td>537</td><td>x</td><td>41 and above</td><td>General Draw</td></tr></table>
<h3>Entrepreneur stream</h3>
<table><tr><th>Date issued</th><th>Number of invitations issued</th><th>Score range</th></tr>
<tr><td>March 31, 2023</td><td>13</td><td>137 to 162</td></tr></table>
<h2>Contact us</h2><table><tr><th>Phone</th></tr><tr><td>0</td></tr></table>
</main></body></html>"""

NOTIFICATIONS = """<html><body><main>
<h2>Notifications of interest issued in 2023</h2>
<h3>NOIs issued by stream</h3>
<h3>Human Capital Priorities stream</h3>
<table><tr><th>Date NOIs issued</th><th>Number of NOIs issued</th><th>CRS score range</th>
<th>Profiles created in IRCC Express Entry system</th><th>Notes</th></tr>
<tr><td>August 11 - 16, 2023</td><td>2084</td><td>473-516</td><td>x</td><td>Targeted draw – Tech and Health</td></tr>
<tr><td>February 8, 2023</td><td>2,118</td><td>471–480</td><td>x</td><td>Targeted draw – Tech draw</td></tr></table>
<h2>Notification of Interest issued in 2019</h2>
<h3>Skilled Trades Stream</h3>
<table><tr><th>Date/time NOI s issued</th><th>Number of NOI s issued</th>
<th>Profiles created in IRCC 's Express Entry system</th></tr>
<tr><td>January 24, 2019 12:01 p.m. EST</td><td>371*</td><td>January 24, 2018 to January 24, 2019</td></tr></table>
</main></body></html>"""

UPDATES = """<html><body><main><h1>2026 Ontario Immigrant Nominee Program Updates</h1>
<h2>April</h2><h3>April 23, 2026</h3><ul><li><a href="#a">Candidates invited in Eastern Ontario</a></li></ul>
<h3>April 23, 2026</h3>
<h4>Job offer streams: people in Eastern Ontario invited</h4>
<p>On April 23, 2026, Ontario issued 539 invitations under the Foreign Worker or International Student streams.</p>
<p>Candidates with a score of 63 and above were invited under the Foreign Worker stream, with an offer in one of the
following occupations:</p>
<ul><li>NOC 21231 – Software engineers and designers</li><li>NOC 13 - Senior managers</li></ul>
<p>To apply:</p><ol><li>Review the 2 pages</li></ol>
<h4>Changes to the portal</h4><p>Read the following NOC notes:</p><ul><li>NOC 31100 - nobody was invited</li></ul>
</main></body></html>"""


def federal_feed(*changes: dict[str, object]) -> bytes:
    """A feed of three rounds, strings throughout; each of `changes` is laid over one of them."""
    rounds = [
        _round("92", "2018-06-13", "No Program Specified", "3,750", "451"),
        _round("91b", "2018-05-30", "Federal Skilled Trades", "200", "288"),
        _round("91a", "2018-05-30", "Provincial Nominee Program", "500", "902"),
    ]
    for row, change in zip(rounds, changes, strict=False):
        row.update(change)
    return json.dumps({"classes": "wb-tables", "rounds": rounds}).encode()


def _round(number: str, day: str, name: str, size: str, crs: str) -> dict[str, object]:
    return {"drawNumber": number, "drawDate": day, "drawName": name, "drawSize": size, "drawCRS": crs}
