"""Report forms filled as Word and as LibreOffice save them."""

import copy
import io
import subprocess
import zipfile

from lxml import etree

from generator.program import PROFILES, TEMPLATES
from generator.read.profile import read_profile
from generator.views.report import view_report
from generator.write.docx.docx import Source, write_docx
from generator.write.templates import Renderer

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
EPOCH = 1795305600


def blank_forms(plan, forms, last=None):
    """The forms of these ids as DOCX; `last` are reports by form, for those that are filled with them."""
    renderer, profile = Renderer(TEMPLATES), read_profile(PROFILES / f"{plan.head.profile}.yml")
    views = {form: view_report(plan, form, (last or {}).get(form)) for form in forms}
    sources = [Source(form, renderer.render("documents/report.html.j2", view=view)) for form, view in views.items()]
    return {made.id: made.docx for made in write_docx(sources, profile, EPOCH)}


def changed(docx, edit, part="word/document.xml"):
    """The file with one of its parts edited: `edit` changes the parsed tree."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                tree = etree.fromstring(content)
                edit(tree)
                content = etree.tostring(tree)
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def control(tree, tag):
    """The control of this tag."""
    return next(c for c in tree.iter(f"{W}sdt") if c.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag)


def type_into(sdt, *runs):
    """Leave a control as Word does when somebody has typed: no longer a hint, each text a run, `\\n` a break in it."""
    hint = sdt.find(f"{W}sdtPr/{W}showingPlcHdr")
    if hint is not None:
        hint.getparent().remove(hint)
    content = sdt.find(f"{W}sdtContent")
    for child in list(content):
        content.remove(child)
    for said in runs:
        run = etree.SubElement(content, f"{W}r")
        for number, line in enumerate(said.split("\n")):
            if number:
                etree.SubElement(run, f"{W}br")
            text = etree.SubElement(run, f"{W}t")
            text.text = line
            text.set(SPACE, "preserve")


def fill(docx, answers):
    """The form with these answers, by tag: a text, or the runs of which it consists."""

    def edit(tree):
        for tag, said in answers.items():
            type_into(control(tree, tag), *([said] if isinstance(said, str) else said))

    return changed(docx, edit)


def in_paragraphs(sdt):
    """Lift a control to a block of its own with a paragraph for each of its runs."""
    paragraph = sdt.getparent()
    content = sdt.find(f"{W}sdtContent")
    for run in list(content):
        inner = etree.SubElement(content, f"{W}p")
        if paragraph.find(f"{W}pPr") is not None:
            inner.append(copy.deepcopy(paragraph.find(f"{W}pPr")))
        inner.append(run)
    kind = sdt.find(f"{W}sdtPr/{W}text")
    kind.getparent().remove(kind)
    paragraph.getparent().replace(paragraph, sdt)


def saved_by_libreoffice(soffice, files, folder):
    """These files, by name, opened and saved by LibreOffice, all in one run."""
    (folder / "in").mkdir()
    for name, content in files.items():
        (folder / "in" / name).write_bytes(content)
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    paths = [str(folder / "in" / name) for name in files]
    subprocess.run([*command, "--outdir", str(folder / "out"), *paths], check=True, capture_output=True, timeout=120)
    return {name: (folder / "out" / name).read_bytes() for name in files}
