"""A profile's styles, page and header as the reference document that pandoc's DOCX writer takes them from. Pure."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

from generator.read.profile import Block, Mark, PageNumber, Profile, Rule

_MM_TO_TWIPS = 1440 / 25.4
_WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_WORD_NS}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_HANGING = 397  # 7 mm in twips: from a list's mark to its words
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# pandoc's template for document.xml, without the title paragraphs that it would print from the metadata.
_DRAWINGS = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DOCUMENT_TEMPLATE = f"{_XML}<w:document {_NAMESPACES} {_DRAWINGS}><w:body>\n$body$\n$sectpr$\n</w:body></w:document>\n"

_BUILT_IN_IDS = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Body Text": "BodyText",
    "heading 1": "Heading1",
    "heading 2": "Heading2",
    "heading 3": "Heading3",
    "caption": "Caption",
    "footer": "Footer",
}


def reference_docx(profile: Profile, base: bytes, *, landscape: bool = False, sheet: bool = False) -> bytes:
    """The document from which pandoc takes styles, page and header: `base`, its own, with the profile's look.

    A sheet's has the running identification at the foot of each page and numbers of its own.
    """
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        parts = {n: archive.read(n).decode("utf-8") for n in archive.namelist() if not n.endswith("/")}
    parts["word/document.xml"] = _document_xml(profile, landscape, sheet)
    number = profile.sheet_number if sheet else profile.page_number
    parts["word/styles.xml"] = _styles_xml(profile, number)
    parts["word/numbering.xml"] = _numbering_xml(profile)
    parts["word/settings.xml"] = _settings_xml(profile)
    parts["word/fontTable.xml"] = _font_table_xml(profile)
    parts["word/theme/theme1.xml"] = _theme_xml(parts["word/theme/theme1.xml"], profile)
    parts["docProps/app.xml"] = _APP_XML
    margin_parts = {number.place: _page_number_xml(number)}
    if sheet:
        # convert.lua puts the document's own words in place of {running}.
        running = _paragraph_xml("Footer", "<w:r><w:t>{running}</w:t></w:r>")
        margin_parts["bottom"] = margin_parts.get("bottom", "") + running
    relations, overrides = [], []
    for place, part in (("top", "header"), ("bottom", "footer")):
        if place in margin_parts:
            tag = "hdr" if part == "header" else "ftr"
            parts[f"word/{part}1.xml"] = f"{_XML}<w:{tag} {_NAMESPACES}>{margin_parts[place]}</w:{tag}>"
            relations.append(f'<Relationship Id="{part}1" Type="{_RELATIONS}/{part}" Target="{part}1.xml"/>')
            overrides.append(f'<Override PartName="/word/{part}1.xml" ContentType="{_CONTENT_TYPE}.{part}+xml"/>')
    parts["word/_rels/document.xml.rels"] = _without_example(parts["word/_rels/document.xml.rels"]).replace(
        "</Relationships>", "".join(relations) + "</Relationships>"
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", "".join(overrides) + "</Types>")
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), parts[name].encode("utf-8"))
    return buffer.getvalue()


def _without_example(relations: str) -> str:
    head, _, rest = relations.partition('<Relationship Type="' + _RELATIONS + '/hyperlink"')
    return head + rest.partition("/>")[2] if rest else relations


def _twips(millimetres: float) -> int:
    return round(millimetres * _MM_TO_TWIPS)


def _document_xml(profile: Profile, landscape: bool, sheet: bool) -> str:
    page, number = profile.page, profile.sheet_number if sheet else profile.page_number
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    places = {number.place} | ({"bottom"} if sheet else set())
    references = "".join(
        f'<w:{part}Reference w:type="default" r:id="{part}1"/>'
        for place, part in (("top", "header"), ("bottom", "footer"))
        if place in places
    )
    orientation = ' w:orient="landscape"' if landscape else ""
    margins = " ".join(
        f'w:{side}="{_twips(getattr(page.margins, side))}"' for side in ("top", "right", "bottom", "left")
    )
    return (
        f"{_XML}<w:document {_NAMESPACES}><w:body><w:p/><w:sectPr>{references}"
        f'<w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{orientation}/>'
        f'<w:pgMar {margins} w:header="{_twips(page.header)}" w:footer="{_twips(page.footer)}" w:gutter="0"/>'
        f'<w:pgNumType w:start="1"/>{"" if number.first_page else "<w:titlePg/>"}</w:sectPr></w:body></w:document>'
    )


def _paragraph_xml(style_id: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{runs}</w:p>'


def _page_number_xml(number: PageNumber) -> str:
    def field(instruction: str, shown: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    total = f"<w:r><w:t>/</w:t></w:r>{field('NUMPAGES', '2')}" if number.total else ""
    return _paragraph_xml("page-number", field("PAGE", "2") + total)


def _settings_xml(profile: Profile) -> str:
    return (
        f'{_XML}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="15"/></w:compat><w:themeFontLang w:val="{profile.language}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table_xml(profile: Profile) -> str:
    return (
        f"{_XML}<w:fonts {_NAMESPACES}><w:font w:name={quoteattr(profile.fonts.word)}>"
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme_xml(theme: str, profile: Profile) -> str:
    """The theme with the profile's face for headings and body, so that no style can fall to another."""
    pieces = theme.split("<a:latin typeface=")
    faces = [quoteattr(profile.fonts.word) + piece[piece.index('"', 1) + 1 :] for piece in pieces[1:]]
    return "<a:latin typeface=".join([pieces[0], *faces])


_APP_XML = (
    f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>kehoach</Application></Properties>"
)


def _styles_xml(profile: Profile, number: PageNumber) -> str:
    face = quoteattr(profile.fonts.word)
    fonts = f"<w:rFonts w:ascii={face} w:hAnsi={face} w:eastAsia={face} w:cs={face}/>"
    body = profile.blocks["body"]
    marks = {key: number for number, (key, _) in enumerate(_marked(profile), 1)}
    language = f'<w:lang w:val="{profile.language}" w:eastAsia="{profile.language}" w:bidi="{profile.language}"/>'
    styles = [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size_xml(body.size)}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        # Named by pandoc wherever there is a link; in print a link looks like any text.
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/></w:style>',
        *_table_styles(profile),
        *(_block_style(key, block, marks.get(key)) for key, block in profile.blocks.items()),
        *(_rule_style(key, block.rule) for key, block in profile.blocks.items() if block.rule),
        _style("Spacer", "Khoảng cách", '<w:spacing w:line="20" w:lineRule="exact"/>', _size_xml(1)),
        _style(
            "page-number",
            number.style,
            f'<w:jc w:val="{number.align}"/>',
            _size_xml(number.size),
        ),
    ]
    return f"{_XML}<w:styles {_NAMESPACES}>{''.join(styles)}</w:styles>"


def _style(style_id: str, name: str, paragraph: str, run: str, *, follower: str = "", visible: bool = True) -> str:
    """A paragraph style; `follower` is that of the paragraph that Enter begins after it."""
    custom = "" if name in _BUILT_IN_IDS else ' w:customStyle="1"'
    after = f'<w:next w:val="{follower}"/>' if follower else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="Normal"/>{after}{"<w:qFormat/>" if visible else "<w:semiHidden/>"}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _marked(profile: Profile) -> list[tuple[str, Mark]]:
    """The blocks that are lists of Word's own, each a list of its own number."""
    return [(key, block.mark) for key, block in profile.blocks.items() if block.mark]


def _numbering_xml(profile: Profile) -> str:
    """A list for each block with a mark. pandoc keeps those below 990 and adds its own after them."""
    lists, numbers = [], []
    for number, (key, mark) in enumerate(_marked(profile), 1):
        counted = mark.glyph == "1."
        face = "" if counted else "<w:rFonts " + " ".join(f"w:{of}={quoteattr(mark.face)}" for of in _SCRIPTS) + "/>"
        bold = "<w:b/><w:bCs/>" if counted else '<w:b w:val="0"/>'
        lists.append(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{"decimal" if counted else "bullet"}"/><w:pStyle w:val="{key}"/>'
            f'<w:lvlText w:val={quoteattr("%1." if counted else mark.glyph)}/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{_HANGING}" w:hanging="{_HANGING}"/></w:pPr>'
            f'<w:rPr>{face}{bold}<w:color w:val="{mark.colour}"/></w:rPr></w:lvl></w:abstractNum>'
        )
        numbers.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    return f"{_XML}<w:numbering {_NAMESPACES}>{''.join(lists)}{''.join(numbers)}</w:numbering>"


def _block_style(key: str, block: Block, number: int | None) -> str:
    indent = f'<w:ind w:firstLine="{_twips(block.first_indent)}"/>' if block.first_indent else ""
    numbered = f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' if number else ""
    shade = (
        f'{_padding(block.shade)}<w:shd w:val="clear" w:color="auto" w:fill="{block.shade}"/>' if block.shade else ""
    )
    outline = f'<w:outlineLvl w:val="{block.outline - 1}"/>' if block.outline else ""
    paragraph = (
        f"{'<w:keepNext/>' if block.keep_next else ''}{'<w:pageBreakBefore/>' if block.new_page else ''}"
        f"<w:widowControl/>{numbered}{shade}"
        f'<w:spacing w:before="{round(block.before * 20)}" w:after="{round(block.after * 20)}"'
        f' w:line="{round(block.line * 240)}" w:lineRule="auto"/>{indent}'
        f'<w:jc w:val="{"both" if block.align == "justify" else block.align}"/>{outline}'
    )
    run = (
        ("<w:b/><w:bCs/>" if block.bold else "")
        + ("<w:i/><w:iCs/>" if block.italic else "")
        + (f'<w:color w:val="{block.colour}"/>' if block.colour else "")
        + _size_xml(block.size)
    )
    return _style(
        _BUILT_IN_IDS.get(block.style, key), block.style, paragraph, run, follower="BodyText" if outline else ""
    )


def _padding(colour: str) -> str:
    """Borders of the shade's colour, which widen it around the letters."""
    line = f'w:val="single" w:sz="4" w:space="3" w:color="{colour}"'
    return "<w:pBdr>" + "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right")) + "</w:pBdr>"


def _rule_style(key: str, rule: Rule) -> str:
    """An empty paragraph, as tall as nothing, whose upper border is the rule; its indents make the length."""
    paragraph = (
        f'<w:pBdr><w:top w:val="single" w:sz="{round(rule.weight * 8)}" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="{round(rule.gap * 20)}" w:after="{round(rule.after * 20)}"'
        ' w:line="20" w:lineRule="exact"/>'
    )
    return _style(f"rule-{key}", f"Đường kẻ: {key}", paragraph, _size_xml(1), visible=False)


def _size_xml(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _table_styles(profile: Profile) -> list[str]:
    def margins(horizontal: int, vertical: int) -> str:
        sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
        return "<w:tblCellMar>" + "".join(f'<w:{s} w:w="{w}" w:type="dxa"/>' for s, w in sides) + "</w:tblCellMar>"

    look = profile.table
    line = f'w:val="single" w:sz="{round(look.border * 8)}" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return [
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{margins(0, 0)}</w:tblPr></w:style>",
        '<w:style w:type="table" w:customStyle="1" w:styleId="Columns"><w:name w:val="Cột không viền"/>'
        '<w:basedOn w:val="TableNormal"/></w:style>',
        '<w:style w:type="table" w:customStyle="1" w:styleId="Data"><w:name w:val="Bảng số liệu"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"{margins(_twips(look.padding_x), _twips(look.padding_y))}</w:tblPr></w:style>",
    ]
