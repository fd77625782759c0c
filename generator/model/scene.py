"""The frozen type of a scene: a topic's drawing composed of parts of the program's library, by their names. No I/O."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.scalars import Id, Integer
from generator.model.types import Record

WIDTH, HEIGHT = 400, 300  # the grid of every drawing
_LEAST = 20


class ScenePart(Record):
    """A part: its name, where its upper left corner stands, and how large its square is, in the units of the grid."""

    part: Id = Field(title="Tên mảnh hình", description="Một tệp của kho mảnh, như nguoi-gia, dien-thoai")
    x: Integer = Field(title="Cách mép trái", description="0 đến 400")
    y: Integer = Field(title="Cách mép trên", description="0 đến 300")
    size: Integer = Field(title="Cạnh", description="20 đến 300")
    flip: bool = Field(False, title="Lật trái sang phải")

    @model_validator(mode="after")
    def _stands_inside(self) -> ScenePart:
        inside = self.x >= 0 and self.y >= 0 and self.x + self.size <= WIDTH and self.y + self.size <= HEIGHT
        if self.size < _LEAST or not inside:
            message = "mảnh hình ra ngoài khung {width} × {height}, hoặc nhỏ hơn {least}"
            raise PydanticCustomError("bad-scene", message, {"width": WIDTH, "height": HEIGHT, "least": _LEAST})
        return self


class Scene(Record):
    """A file of content/tuyen-truyen/hinh: the parts from back to front."""

    parts: tuple[ScenePart, ...] = Field(title="Các mảnh", description="Mảnh sau vẽ đè lên mảnh trước", min_length=1)
