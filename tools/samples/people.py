"""Made-up people: mail domains and telephone ranges that are reserved and never belong to anybody."""

from __future__ import annotations

import hashlib
from random import Random
from string import ascii_letters, digits

from tools.samples import browsers
from tools.samples.chance import token
from tools.samples.records import Person

FIRST = ("Alva", "Bela", "Cleo", "Dario", "Edda", "Falk", "Greta", "Henri", "Ilka", "Jonas", "Kira",
         "Levin", "Mila", "Nils", "Oda", "Pia", "Quirin", "Runa", "Sami", "Thea", "Uli", "Vera", "Wim",
         "Yara", "Zeno")  # fmt: skip
LAST = ("Abendrot", "Birkhain", "Cedarfeld", "Dünenweg", "Eichgrund", "Farnbach", "Ginsterhof", "Heidemoor",
        "Immergrün", "Juniperly", "Kieselbach", "Lindgarten", "Moosburgh", "Nebelhorn", "Obsthain",
        "Pinewell", "Quellental", "Rosenau", "Sandbrook", "Tannwald")  # fmt: skip

# Germany: the regulator's numbers for film and television. USA: 555-0100 to 555-0199 of any area code.
PHONE_STEMS = {
    "DE": ("+493023125", "+496990009", "+494066969", "+492214710", "+498999998"),
    "US": tuple(f"+1{area}55501" for area in (
        201, 202, 206, 212, 213, 214, 215, 216, 301, 303, 305, 310, 312, 313, 314, 317, 323, 401, 404, 405,
        407, 410, 412, 414, 415, 502, 503, 504, 505, 512, 513, 515, 601, 602, 603, 608, 612, 614, 615, 617)),
}  # fmt: skip
PHONE_TAIL_DIGITS = {"DE": 3, "US": 2}

# First octets of large access providers; the rest is drawn, so that addresses are public and differ.
IP_STEMS = {
    "DE": ("79.2", "84.1", "87.1", "91.3", "93.2", "217.8"),
    "US": ("24.1", "67.1", "71.2", "73.9", "76.1", "98.2"),
}
IPV6_STEMS = {"DE": "2003:e", "US": "2601:4"}


def sha256(text: str) -> str:
    """The digest TikTok asks for: SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def email_of(serial: int, first: str, last: str) -> str:
    """An address in a domain that nobody can own; umlauts become ASCII."""
    plain = f"{first}.{last}".lower().replace("ü", "ue")
    return f"{plain}{serial}@example.{('com', 'org', 'net')[serial % 3]}"


def phone_of(serial: int, country: str) -> str:
    """A telephone number in E.164 out of the reserved ranges."""
    stems, width = PHONE_STEMS[country], PHONE_TAIL_DIGITS[country]
    return f"{stems[serial % len(stems)]}{serial // len(stems) % 10**width:0{width}d}"


def address(rng: Random, country: str) -> str:
    """A public IP address; one in seven is IPv6."""
    if rng.random() < 0.14:
        return f"{IPV6_STEMS[country]}{token(rng, 3, '0123456789abcdef')}:" + ":".join(
            f"{1 + int(rng.random() * 0xFFFE):x}" for _ in range(6))  # fmt: skip
    stem = rng.choice(IP_STEMS[country])
    return f"{stem}{int(rng.random() * 10)}.{int(rng.random() * 256)}.{1 + int(rng.random() * 254)}"


def person(rng: Random, serial: int, country: str) -> Person:
    """The ``serial``-th person of a country, with one device."""
    first, last = rng.choice(FIRST), rng.choice(LAST)
    email, phone = email_of(serial, first, last), phone_of(serial, country)
    browser = browsers.family(rng)
    blocks = rng.random() < 0.10
    return Person(
        first_name=first, last_name=last, email=email, phone=phone,
        email_hash=sha256(email), phone_hash=sha256(phone),
        customer_hash=sha256(f"customer-{country}-{serial}"),
        ip=address(rng, country), browser=browser, user_agent=browsers.user_agent(rng, browser),
        ttp="" if blocks else token(rng, 27, ascii_letters + digits), blocks_pixel=blocks,
        gives_email=rng.random() < 0.955, gives_phone=rng.random() < 0.55, logged_in=rng.random() < 0.12,
    )  # fmt: skip


class Crowd:
    """People by need: mostly somebody new, sometimes a customer who comes back."""

    def __init__(self, rng: Random, country: str) -> None:
        self._rng, self._country, self._known = rng, country, []

    def newcomer(self) -> Person:
        """Somebody who was never here before."""
        return self._meet()

    def buyer(self) -> Person:
        """A buyer; one in nine has bought before."""
        if self._known and self._rng.random() < 0.11:
            return self._rng.choice(self._known)
        return self._meet()

    def _meet(self) -> Person:
        self._known.append(person(self._rng, len(self._known) + 1, self._country))
        return self._known[-1]
