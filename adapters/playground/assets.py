"""Assets: the page's files, each under an address that changes whenever one of them does.

A browser asks for them once and never again; the page that names them is asked for every time.
"""

from pathlib import Path
from zlib import crc32

from aiohttp import web

PAGE = Path(__file__).parent / "page"
FOR_EVER = "public, max-age=31536000, immutable"
PRELOAD = '  <link rel="modulepreload" href="{version}/{path}">\n'


def routes() -> list[web.RouteDef]:
    """The page at `/`, and its files below their version."""
    return [web.get("/", _index), web.get("/v{version:[0-9a-f]+}/{path:.+}", _asset)]


async def _index(request: web.Request) -> web.Response:
    """The page; all its modules are named in it, so that they come at once instead of one after another."""
    version = f"v{_version():08x}"
    text = (PAGE / "index.html").read_text(encoding="utf-8")
    modules = "".join(
        PRELOAD.format(version=version, path=path.relative_to(PAGE).as_posix())
        for path in sorted(PAGE.glob("js/**/*.js"))
    )
    for kind in ("css/", "js/", "icon.svg"):
        text = text.replace(f'"{kind}', f'"{version}/{kind}')
    return web.Response(text=text.replace("</head>", f"{modules}</head>"), content_type="text/html")


async def _asset(request: web.Request) -> web.FileResponse:
    """A file as it is now; only under its present version may a browser keep it."""
    path = (PAGE / request.match_info["path"]).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    kept = int(request.match_info["version"], 16) == _version()
    return web.FileResponse(path, headers={"Cache-Control": FOR_EVER if kept else "no-cache"})


def _version() -> int:
    """Another number as soon as a file is added, taken away or changed."""
    files = sorted(path for path in PAGE.rglob("*") if path.is_file())
    return crc32("\n".join(f"{path} {path.stat().st_mtime_ns}" for path in files).encode())
