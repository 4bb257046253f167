"""What one visit does: page view, product, cart, checkout, purchase, as deep as the visitor goes."""

from __future__ import annotations

from random import Random
from string import ascii_letters, digits

from tools.samples.chance import token
from tools.samples.records import Action, Line, Person, Store

FUNNEL = ("Pageview", "ViewContent", "AddToCart", "InitiateCheckout", "Purchase")
PAUSES_S = {"Pageview": (1, 3), "ViewContent": (2, 40), "AddToCart": (25, 200), "InitiateCheckout": (15, 150),
            "Purchase": (50, 400)}  # fmt: skip
REFERRERS = ("https://www.tiktok.com/", "https://www.google.com/", "")


def basket(rng: Random, store: Store) -> tuple[Line, ...]:
    """What somebody wants: mostly one product, sometimes two or three."""
    wanted = rng.choices((1, 2, 3), (70, 23, 7))[0]
    products = sorted({rng.choice(store.products) for _ in range(wanted)}, key=lambda product: product.sku)
    return tuple(Line(product, rng.choices((1, 2), (86, 14))[0]) for product in products)


def landing(store: Store, line: Line, ttclid: str, campaign: str) -> str:
    """The first page: the advertised product, with the click id when an ad was clicked just now."""
    page = f"https://{store.host}/products/{line.product.slug}"
    clicked = f"?utm_source=tiktok&utm_campaign={campaign}&ttclid={ttclid}"
    return page + clicked if ttclid and campaign else page


def values(lines: tuple[Line, ...], total: int) -> dict[str, tuple[tuple[Line, ...], int | None]]:
    """The goods and the value that each step reports."""
    first = lines[0]
    goods = sum(line.product.price * line.quantity for line in lines)
    return {
        "Pageview": ((), None),
        "ViewContent": ((Line(first.product, 1),), first.product.price),
        "AddToCart": ((first,), first.product.price * first.quantity),
        "InitiateCheckout": (lines, goods),
        "Purchase": (lines, total),
    }


def visit(
    rng: Random, store: Store, person: Person, start_ms: int, depth: int, lines: tuple[Line, ...], *,
    total: int = 0, ttclid: str = "", campaign: str = "",
) -> list[Action]:  # fmt: skip
    """The actions of one visit down to step ``depth`` of the funnel (0 is a page view only)."""
    first_page, worth = landing(store, lines[0], ttclid, campaign), values(lines, total)
    referrer = REFERRERS[0] if ttclid else rng.choice(REFERRERS[1:])
    checkout = f"https://{store.host}/checkouts/cn/{token(rng, 10, ascii_letters + digits)}"
    pages = {"InitiateCheckout": checkout, "Purchase": f"{checkout}/thank-you"}
    actions, now = [], start_ms
    for step in FUNNEL[: depth + 1]:
        now += int(1000 * rng.uniform(*PAUSES_S[step]))
        goods, value = worth[step]
        page = pages.get(step, first_page)
        actions.append(Action(step, now, token(rng, 16, "0123456789abcdef"), store, person, page,
                              referrer if page == first_page else "",
                              ttclid, goods, value))  # fmt: skip
    return actions


def new_ttclid(rng: Random) -> str:
    """A click id with the look of TikTok's."""
    return "E.C.P." + token(rng, 38, ascii_letters + digits + "-_")
