"""A Word file with tracked changes, settled by two programs that know nothing of ours: LibreOffice and docx-plus."""

import io
import subprocess
import zipfile
from pathlib import Path

import docx
from docx_plus.revisions.accept import accept_all_revisions, reject_all_revisions
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub Settle(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  document.storeToURL(ConvertToURL(target), form())
  document.close(True)
End Sub
Sub CompareFiles(source As String, target As String, older As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Dim other(1) As New com.sun.star.beans.PropertyValue
  other(0).Name = "URL"
  other(0).Value = ConvertToURL(older)
  other(1).Name = "NoAcceptDialog"
  other(1).Value = True
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:CompareDocuments", "", 0, other())
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  document.storeToURL(ConvertToURL(target), form())
  document.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Settle"/></library:library>
"""
COMMANDS = {"accept": "AcceptAllTrackedChanges", "reject": "RejectAllTrackedChanges"}


def paragraphs(content):
    """The words of each paragraph of a DOCX in order, empty ones too; what is deleted is not among them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    texts = (
        "".join(node.text or "" if node.tag == f"{W}t" else " " for node in p.iter(f"{W}t", f"{W}br"))
        for p in root.iter(f"{W}p")
    )
    return [" ".join(text.split()) for text in texts]


def by_docx_plus(content, how):
    """The file with all changes accepted or rejected, by docx-plus."""
    document = docx.Document(io.BytesIO(content))
    {"accept": accept_all_revisions, "reject": reject_all_revisions}[how](document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class LibreOffice:
    """LibreOffice without a window, in a profile of its own with a macro that settles a file."""

    def __init__(self, soffice, folder: Path):
        self._folder = folder
        self._command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        self._run("--terminate_after_init")  # makes the profile; what stood there before would be overwritten
        library = folder / "profile" / "user" / "basic" / "Standard"
        library.mkdir(parents=True, exist_ok=True)
        (library / "Settle.xba").write_text(MACRO, encoding="utf-8")
        (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")

    def _run(self, *arguments):
        subprocess.run([*self._command, *arguments], check=True, capture_output=True, timeout=120)

    def settle(self, content, how):
        """The file with all changes accepted or rejected."""
        source, target = self._folder / "in.docx", self._folder / f"{how}.docx"
        source.write_bytes(content)
        self._run(f'macro:///Standard.Settle.Settle("{source}","{target}","{COMMANDS[how]}")')
        return target.read_bytes()

    def compare(self, old, new):
        """LibreOffice's own comparison of two files, as tracked changes in the new one."""
        older, source, target = (self._folder / name for name in ("older.docx", "newer.docx", "compared.docx"))
        older.write_bytes(old)
        source.write_bytes(new)
        self._run(f'macro:///Standard.Settle.CompareFiles("{source}","{target}","{older}")')
        return target.read_bytes()


def count_marks(content):
    """How many insertions, deletions and moves a DOCX tracks, and how many characters of text they hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    marks = [node for name in ("ins", "del", "moveTo", "moveFrom") for node in root.iter(f"{W}{name}")]
    texts = [text.text or "" for node in marks for text in node.iter(f"{W}t", f"{W}delText")]
    return len(marks), sum(map(len, texts))
