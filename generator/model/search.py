"""The frozen types of the file synonyms.yml: what readers say, and what the pages say for it. No I/O."""

from __future__ import annotations

from pydantic import Field

from generator.model.scalars import Line
from generator.model.types import Record


class Synonym(Record):
    """Words that readers type, and words of the pages that mean the same; each of `means` is tried beside them."""

    words: tuple[Line, ...] = Field(
        title="Lời người ta gõ", description="Gõ không dấu cũng nhận ra; mỗi lời một mục", min_length=1
    )
    means: tuple[Line, ...] = Field(
        title="Lời trong trang", description="Chữ có thật trong các trang, như 'cho vay nặng lãi'", min_length=1
    )


class SynonymFile(Record):
    """The file synonyms.yml, which a plan can do without."""

    synonyms: tuple[Synonym, ...] = Field((), title="Các lời cùng nghĩa")
