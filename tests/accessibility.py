"""What axe finds on a page in the browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that a second colour scheme can break.
COLOURS = ["color-contrast", "link-in-text-block"]

axe = Axe()


def accessibility_faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """The faults by the rules of WCAG 2.2 AA, or by `rules` alone."""
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    # Without these result types axe describes every node that is right, which takes longer.
    found = axe.run(page, options={"runOnly": chosen, "resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def faults_in_both_schemes(page: Page) -> list[str]:
    """The faults of a page in light, and what dark colours break of it without loading it again."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults = accessibility_faults(page, COLOURS)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return [*faults, *accessibility_faults(page)]
