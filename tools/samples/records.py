"""What the simulated world is made of: frozen records, money in minor units, moments in UTC milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Product:
    """Something to buy; ``sku`` is the content id and the SKU of the order line."""

    sku: str
    name: str
    slug: str
    price: int


@dataclass(frozen=True, slots=True)
class Store:
    """A shop front with its own host and pixel."""

    host: str
    pixel_code: str
    organic_per_day: float
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ad:
    """An ad with its habits; ``flight`` bounds the days on which it delivers."""

    campaign: str
    campaign_id: str
    group: str
    name: str
    store: int
    budget: int
    cpm: int
    ctr: float
    cvr: float
    landing_rate: float = 0.78
    url: str = ""
    flight: tuple[date, date] = (date.min, date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that has to be said about an advertiser before time starts to run.

    ``least_browsing`` visits a day and store leave at each step of the funnel, so that no step outnumbers
    the one before it by chance.
    """

    name: str
    title: str
    currency: str
    country: str
    timezone: str
    first: date
    days: int
    stores: tuple[Store, ...] = ()
    ads: tuple[Ad, ...]
    leads_per_day: float = 0.0
    least_browsing: int = 2

    @property
    def zone(self) -> ZoneInfo:
        """The account's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def last(self) -> date:
        """The last day of the window."""
        return self.first + timedelta(days=self.days - 1)

    def calendar(self, warm_up: int = 0) -> list[date]:
        """The days of the window, led by ``warm_up`` days whose clicks buy inside it."""
        return [self.first + timedelta(days=n) for n in range(-warm_up, self.days)]


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up customer. ``email_hash``, ``phone_hash`` and ``customer_hash`` are what TikTok may see."""

    first_name: str
    last_name: str
    email: str
    phone: str
    email_hash: str
    phone_hash: str
    customer_hash: str
    ip: str
    browser: str
    user_agent: str
    ttp: str
    blocks_pixel: bool
    gives_email: bool
    gives_phone: bool
    logged_in: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One position of a basket."""

    product: Product
    quantity: int


@dataclass(frozen=True, slots=True)
class Click:
    """A click that will lead to a purchase at ``buys_ms``."""

    ad: Ad
    day: date
    ms: int
    buys_ms: int


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person did on a page; both channels report it under one ``event_id``."""

    event: str
    ms: int
    event_id: str
    store: Store
    person: Person
    url: str
    referrer: str
    ttclid: str
    lines: tuple[Line, ...] = ()
    value: int | None = None
    order_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of the shop's export."""

    number: int
    ms: int
    person: Person
    lines: tuple[Line, ...]
    shipping: int
    discount: int
    status: str
    origin: str
    click: Click | None = None

    @property
    def order_id(self) -> str:
        """The name without its hash sign: what events carry."""
        return str(self.number)

    @property
    def subtotal(self) -> int:
        """Goods less discount."""
        return sum(line.product.price * line.quantity for line in self.lines) - self.discount

    @property
    def total(self) -> int:
        """What the customer paid."""
        return self.subtotal + self.shipping


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One message that reaches TikTok: an action as one channel tells it, after all that went wrong."""

    channel: str
    pixel_code: str
    event: str
    event_id: str
    ms: int
    sent_ms: int
    url: str
    referrer: str
    browser: str
    user_agent: str
    ip: str
    email: str
    phone: str
    external_id: str
    ttclid: str
    ttp: str
    lines: tuple[Line, ...]
    value: float | int | str | None
    currency: str
    order_id: str
    plain_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdDay:
    """What one ad did on one day, as far as TikTok sees it without any pixel."""

    ad: Ad
    day: date
    cost: int = 0
    impressions: int = 0
    clicks: int = 0
    landings: int = 0
    views: int = 0
    carts: int = 0
    checkouts: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """Everything that happened, before anything was reported."""

    ad_days: tuple[AdDay, ...]
    orders: tuple[Order, ...]
    actions: tuple[Action, ...]
