"""What many tests need: the programs they look with, and a browser. A missing one is a failure, never a skip."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.build import Options, build

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout: data/, content/, node_modules/ and the rest stand under it."""
    return ROOT


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Gives the path of a program by its name, or fails the test."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.fail(f"{name} is not installed: `make tools` installs it")
        return path

    return find


@pytest.fixture(scope="session")
def browser(program: Callable[[str], str]) -> Iterator[Browser]:
    """Debian's Chromium without a screen, which finds no host but this machine."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def real_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan, built once for all tests; they only look at it."""
    out = tmp_path_factory.mktemp("real") / "build"
    build(Options(data=ROOT / "data", content=ROOT / "content", out=out))
    return out


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan of another kind, built once."""
    out = tmp_path_factory.mktemp("small") / "build"
    build(Options(data=ROOT / "tests" / "plans" / "nho", content=ROOT / "tests" / "plans" / "khong-co", out=out))
    return out
