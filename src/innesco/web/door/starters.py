"""What browser SDKs fetch before they start: their settings, and our own SDK itself."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from innesco.storage.keys import Known
from innesco.web.door.answers import JSON, Answer, Headers, Refused

SDK = Path(__file__).parents[2] / "_sdk" / "innesco.js"
CACHED = ((b"cache-control", b"public, max-age=300"),)
NOT_BUILT = Refused(
    404, "not_built", "innesco.js is not built: run `npm ci && npm run build` in sdk/"
)


def project_settings(key: str, base_url: str) -> Answer:
    """The smallest answer with which @segment/analytics-next sends everything to us."""
    address = urlsplit(base_url)
    segment = {
        "apiKey": key,
        "apiHost": f"{address.netloc}{address.path}/v1",
        "protocol": address.scheme,
        "unbundledIntegrations": [],
        "addBundledMetadata": True,
        "maybeBundledConfigIds": {},
        "versionSettings": {"version": "4.4.7", "componentTypes": ["browser"]},
    }
    allowed = {"__default": {"enabled": True, "integrations": {}}}
    body = {
        "integrations": {"Segment.io": segment},
        "plan": {"track": allowed, "identify": allowed, "group": allowed},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": {"sampleRate": 0},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
    }
    return Answer(200, msgspec.json.encode(body), JSON + CACHED)


def source_config(key: str, known: Known) -> Answer:
    """The smallest answer with which RudderStack's browser SDK starts; it must list `source`."""
    silent = {"enabled": False}
    updated = "2026-01-01T00:00:00.000Z"
    source = {
        "id": known.key_id,
        "name": known.workspace,
        "writeKey": key,
        "workspaceId": known.workspace,
        "enabled": True,
        "updatedAt": updated,
        "config": {"statsCollection": {"errors": silent, "metrics": silent}},
        "connections": [],
        "destinations": [],
        "dataplanes": {},
    }
    return Answer(200, msgspec.json.encode({"source": source, "updatedAt": updated}), JSON)


class _Built(Struct, frozen=True):
    plain: bytes
    packed: bytes
    tag: bytes


def script(accepts: bytes, known_tag: bytes | None, sdk: Path = SDK) -> Answer | Refused:
    """The browser SDK; a page that has it already is told so in a few bytes."""
    if not sdk.is_file():
        return NOT_BUILT
    built = _built(sdk, sdk.stat().st_mtime_ns)
    headers: Headers = (
        *CACHED,
        (b"etag", built.tag),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    )
    if known_tag is not None and built.tag in known_tag:
        return Answer(304, headers=headers)
    headers += ((b"content-type", b"text/javascript; charset=utf-8"),)
    if b"gzip" not in accepts:
        return Answer(200, built.plain, headers)
    return Answer(200, built.packed, (*headers, (b"content-encoding", b"gzip")))


@lru_cache(maxsize=2)
def _built(sdk: Path, changed: int) -> _Built:
    plain = sdk.read_bytes()
    tag = hashlib.sha256(plain).hexdigest()[:32]
    return _Built(plain, gzip.compress(plain, 9, mtime=0), f'W/"{tag}"'.encode())
