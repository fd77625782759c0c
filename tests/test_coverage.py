"""The review of how the plan shares out its work: what was found by reading the plan is found by the rules."""

import json

import pytest
from click.testing import CliRunner
from small import load_small

from generator.cli.main import kehoach
from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.rules.public import public_plan
from generator.views.coverage import view_coverage

# Read by hand: the tasks of III and IV that no clause of V or VI takes up. V.1 gives the police the lead of "các nội dung
# của Kế hoạch theo chức năng nhiệm vụ": what is plainly police work (the attack on gangs, wanted persons, residence,
# patrols, lists, campaigns, investigation) is theirs; these are not.
UNOWNED = {
    "iii-1-1b", "iv-2-3a", "iv-2-3b", "iv-2-3c",  # models of the people's movement; V.11 speaks of the movement only
    "iii-2-1c",  # extradition (V.12 takes legal assistance only)
    "iv-2-2a",  # protection of witnesses and victims
    "iv-5-2a",  # offenders who co-operate
    "iv-7-1a", "iv-7-1b", "iv-7-1c",  # training, science, equipment
}  # fmt: skip
# Tasks that a clause takes up in part only: who does the rest is not said.
PARTLY = {
    "iii-1-1c",  # V.4 and V.5: other programmes, the law
    "iii-2-1b",  # legal assistance: the procuracy's cases, and only asked (V.12)
    "iii-4-1a", "iv-7-2a",  # money: V.2 proposes, V.10 balances; nobody leads
    "iv-2-1b",  # movements: the Front, asked (V.11)
    "iv-3-4b",  # gaps of the law: V.5; gaps of management: nobody
    "iv-4-2b", "iv-4-3a",  # punishment, prosecution: courts and procuracy, asked (V.12, V.13)
    "iv-6-1a",  # treaties: V.6 speaks of co-operation with other countries
    "iv-6-2a",  # Mondulkiri: the border guard's border line (V.7); IV.6 speaks of the two provinces
}  # fmt: skip
V1 = "Công an tỉnh Đắk Lắk (khoản 1 Mục V)"


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.fixture(scope="module")
def found(plan):
    return {rule.key: rule.findings for rule in view_coverage(plan).rules}


def about(findings):
    return {finding.about for finding in findings}


def clauses(finding):
    return [citation.short for citation in finding.citations]


AGENCIES = """agencies:
  - {id: truong-ban-mai, name: Trường Tiểu học Ban Mai, kind: department}
  - {id: thu-vien, name: Thư viện, kind: department}
  - {id: doi-thieu-nien, name: Đội thiếu niên, kind: front}
  - {id: phong-giao-duc, name: Phòng Giáo dục, kind: central}
"""
GROUPS = """groups:
  - {id: cac-to, name: các tổ, members: [thu-vien, doi-thieu-nien]}
  - {id: hoi-ban, name: hội bạn đọc, open: true}
  - {id: ban-be, name: bạn bè của trường, open: true, may_include: [hoi-ban]}
"""
DEADLINES = """deadlines:
  - {id: hang-thang, label: hằng tháng, kind: recurring, every: month, day: 5, applies_to: report}
  - {id: dinh-ky, label: định kỳ, kind: unspecified, applies_to: report}
"""


def reviewed(*statements, tasks=None, files=None, **replaced):
    """What the rules find in the small plan with these statements in its second section, by the rule's key."""
    lines = "\n".join(f"      - {{{statement}}}" for statement in statements)
    section = f'id: c-2\nnumber: "2"\nparagraphs:\n  - id: c-2-1\n    statements:\n{lines}\n'
    changed = {
        "agencies.yml": AGENCIES, "groups.yml": GROUPS, "deadlines.yml": DEADLINES, **(files or {}),
        **({"sections/2.yml": section} if statements else {}), **({"sections/1.yml": tasks} if tasks else {}),
    }  # fmt: skip
    return {rule.key: rule.findings for rule in view_coverage(load_small(changed, **replaced).plan).rules}


def duty(identity, words="Làm việc.", by="thu-vien", role="carry-out", more=""):
    return f'id: {identity}, text: "{words}", by: [{by}], role: [{role}]{", " if more else ""}{more}'


def test_unowned_tasks(found):
    """A task that no clause gives to anybody is listed, with who has it in general; nothing else is."""
    assert about(found["task-unowned"]) == UNOWNED
    assert {finding.text for finding in found["task-unowned"]} == {f"Chỉ giao chung: {V1}."}


def test_nobody_has_what_nobody_leads():
    """Without a lead of the whole the task is nobody's; with one it is his in general, unless the editor made it his."""
    loose, whole = duty("c-2-1a"), duty("c-2-1a", role="lead", more="whole: true")
    assert [f.text for f in reviewed(loose)["task-unowned"]] == ["Không khoản nào ghi ai làm."]
    assert [f.text for f in reviewed(whole)["task-unowned"]] == ["Chỉ giao chung: Thư viện (khoản 2)."]
    assert reviewed(f"{whole}, implements: [c-1-1a]")["task-unowned"] == ()
    only = duty("c-2-1a", role="coordinate", more="whole: true")  # V.9, V.10 and V.11: the whole, but no lead of it
    assert [f.text for f in reviewed(only)["task-unowned"]] == ["Không khoản nào ghi ai làm."]


def test_tasks_owned_in_part_say_so(found):
    """Where duties take up only a part of a task, the task is listed with who does that part, and where."""
    by_task = {finding.about: finding for finding in found["task-partly-owned"]}
    assert set(by_task) == PARTLY
    assert by_task["iv-3-4b"].text == "Chỉ một phần có nơi làm: Sở Tư pháp (khoản 5 Mục V)."
    assert clauses(by_task["iv-6-1a"]) == ["IV.6, gạch 1", "V.6"]
    assert "chỉ ở các tuyến biên giới" in by_task["iv-6-2a"].text
    assert "được đề nghị, khoản 12 Mục V" in by_task["iii-2-1b"].text
    assert by_task["iv-7-2a"].text.endswith("Không khoản nào ghi ai chủ trì.")
    assert "chủ trì" not in by_task["iv-4-3a"].text  # who is only asked cannot lead


def test_several_owners_need_a_lead():
    """Two who do the whole of a task are listed if neither leads; one whose places are narrower does not do the whole."""
    first, second = (
        duty(f"c-2-1{x}", by=who, more="implements: [c-1-1a]")
        for x, who in (("a", "thu-vien"), ("b", "doi-thieu-nien"))
    )
    (both,) = reviewed(first, second)["task-partly-owned"]
    assert (
        both.text == "Nhiều nơi cùng làm: Thư viện (khoản 2); Đội thiếu niên (khoản 2). Không khoản nào ghi ai chủ trì."
    )
    assert reviewed(first, second.replace("carry-out", "lead"))["task-partly-owned"] == ()
    assert reviewed(first)["task-partly-owned"] == ()
    places = {"places.yml": "places:\n  - {id: san, name: sân trường, kind: area}\n"}
    (narrow,) = reviewed(f"{first}, places: [san]", files=places)["task-partly-owned"]
    assert narrow.text == "Chỉ một phần có nơi làm: Thư viện (khoản 2, chỉ ở sân trường)."


def test_duties_without_owner(found):
    """II.1, II.2 and the yearly and final reviews of VI.4 name nobody; V.1 and VI.3 make the police answer for some."""
    texts = {finding.about: finding.text for finding in found["duty-without-owner"]}
    assert set(texts) == {"ii-1-1a", "ii-2-1a", "vi-4-2a", "vi-4-2b"}
    assert texts["ii-2-1a"] == "Không ghi ai làm."
    assert texts["ii-1-1a"] == f"Không ghi ai làm. Khoản khác khiến có nơi phải lo: {V1}."
    assert "Công an tỉnh Đắk Lắk (khoản 1 Mục V, khoản 3 Mục VI)" in texts["vi-4-2b"]


def test_joint_duties_without_lead(found):
    """V.2 gives two departments two duties without saying who leads: one problem.

    The end of VI names nobody: that it means two bodies is inferred, and no fault of the plan's.
    """
    (finding,) = found["duty-without-lead"]
    assert (finding.about, finding.text) == ("v-2-1a", "Giao chung 2 nhiệm vụ, không ghi nơi nào chủ trì.")


def test_a_plan_is_ordered_twice(found):
    """II.1 and VI.6 ask for the same plan: the first in phase 1, the second without a time and of “đoàn thể” too."""
    (finding,) = found["product-twice"]
    assert clauses(finding) == ["II.1", "VI.6"]
    assert "“từ năm 2017-2018”" in finding.text and "(không ghi thời hạn)" in finding.text
    assert finding.text.endswith("Không phải khoản nào cũng nêu: đoàn thể.")
    assert reviewed(duty("c-2-1a", more="makes: plan"), duty("c-2-1b", more="makes: plan"))["product-twice"] == ()


def test_assigned_here_and_asked_there(found):
    """VI.6 charges “đoàn thể”, the end of VI “các cơ quan, đơn vị”; V.11-13 ask the Front, procurator and court: perhaps they."""
    finding, reports = found["assigned-and-requested"]
    assert (finding.about, clauses(finding)) == ("doan-the", ["VI.6", "V.11"])
    assert finding.text.startswith(
        "Giao đoàn thể (khoản 6 Mục VI), nhưng chỉ đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"
    )
    assert (reports.about, clauses(reports)) == (
        "co-quan-don-vi-dia-phuong",
        ["VI (phần cuối)", "V.11", "V.12", "V.13"],
    )
    same = reviewed(duty("c-2-1a"), duty("c-2-1b", more="force: request"), duty("c-2-1c", by="doi-thieu-nien"))
    assert [f.text for f in same["assigned-and-requested"]] == [
        "Giao Thư viện (khoản 2), nhưng chỉ đề nghị Thư viện (khoản 2)."
    ]
    apart = reviewed(duty("c-2-1a", by="hoi-ban"), duty("c-2-1b", by="doi-thieu-nien", more="force: request"))
    assert apart["assigned-and-requested"] == ()


def test_who_leads_supervises_himself(found):
    """VI.3 has the police supervise what V.1 has them lead; V.11 has the Front supervise with them."""
    texts = {finding.about: finding.text for finding in found["lead-supervises"]}
    assert texts == {
        "vi-3-1a": "Vừa chủ trì cả văn bản (khoản 1 Mục V), vừa giám sát (khoản 3 Mục VI).",
        "v-11-1c": f"Giám sát cùng với chính nơi chủ trì: {V1}.",
    }
    lead, watch = duty("c-2-1a", role="lead", more="whole: true"), duty("c-2-1b", role="supervise", by="doi-thieu-nien")
    assert reviewed(lead, watch)["lead-supervises"] == ()
    assert about(reviewed(lead, watch.replace("doi-thieu-nien", "cac-to"))["lead-supervises"]) == {"c-2-1b"}


def test_targets(found):
    """I.1.b: six targets that no clause gives to anybody, two compared with an unknown past, two without a measure."""
    texts = {finding.about: finding.text for finding in found["target-loose"]}
    assert len(texts) == 6 and all(f"Chỉ giao chung: {V1}." in text for text in texts.values())
    past = {i for i, text in texts.items() if "không có năm hay số liệu" in text}
    assert past == {"giam-pham-phap", "triet-xoa"}
    assert {i for i, text in texts.items() if "Không có số đo" in text} == {"khong-de-ton-tai", "ngan-chan-tu-xa"}


def test_a_sound_target_is_no_finding():
    """Given to somebody, with a base that has figures, and reported: nothing to say."""
    sound = """targets:
  - {id: sach, indicator: Số sách, clause: c-1-1, operator: increase-between, lower: 1, upper: 2, baseline: năm 2025 (300 cuốn), text: tăng}
"""
    given = [duty("c-2-1a", more="targets: [sach]"), duty("c-2-1b", role="report", more="targets: [sach]")]
    assert reviewed(*given, files={"targets.yml": sound})["target-loose"] == ()
    bare = {"targets.yml": sound.replace("baseline: năm 2025 (300 cuốn), ", "")}
    assert [f.text for f in reviewed(*given, files=bare)["target-loose"]] == ["Không ghi mốc so sánh."]
    (nobody,) = reviewed(duty("c-2-1a"), files={"targets.yml": sound})["target-loose"]
    assert nobody.text == "Không giao cho ai. Không khoản nào yêu cầu báo cáo riêng chỉ tiêu này."


def test_money_without_an_estimate(found):
    """VI.5 names the sources of money; V.2 proposes and guides, V.10 balances; nobody prepares an estimate."""
    (finding,) = found["money-without-estimate"]
    assert clauses(finding) == ["VI.5", "V.2", "V.10"]
    source = "id: c-2-1a, text: Kinh phí do trường chi."
    assert about(reviewed(source)["money-without-estimate"]) == {"c-2-1a"}
    assert reviewed(source, duty("c-2-1b", "Lập dự toán."))["money-without-estimate"] == ()
    assert reviewed()["money-without-estimate"] == ()


def test_the_issuer_of_what_the_plan_carries_out(found):
    """The plan carries out a Decision of Bộ Công an, which neither the end of VI nor Nơi nhận names."""
    (finding,) = found["issuer-not-told"]
    assert finding.about == "bo-cong-an" and "Quyết định số 4170/QĐ-BCA-C41" in finding.text


def test_who_is_told_is_no_finding():
    """An issuer among the recipients is told; an agency whose act is not cited is not looked for."""
    act = {
        "instruments.yml": "instruments:\n  - {id: cv, kind: letter, name: Công văn về đọc sách, issuer: Trưởng phòng Phòng Giáo dục}\n"
    }
    rests = "Theo [Công văn về đọc sách](instrument:cv) của [Phòng Giáo dục](agency:phong-giao-duc), có ngày hội."
    words = "Nhằm khuyến khích học sinh đọc sách, nhà trường tổ chức ngày hội như sau."
    untold = reviewed(duty("c-2-1a"), files=act, plan_yml=(words, f'"{rests}"'))
    assert about(untold["issuer-not-told"]) == {"phong-giao-duc"}
    report = duty("c-2-1a", role="report", more="to: [phong-giao-duc]")
    assert reviewed(report, files=act, plan_yml=(words, f'"{rests}"'))["issuer-not-told"] == ()
    other = {"instruments.yml": act["instruments.yml"].replace("Phòng Giáo dục", "Bộ Giáo dục")}
    assert reviewed(duty("c-2-1a"), files=other, plan_yml=(words, f'"{rests}"'))["issuer-not-told"] == ()


def test_communes_have_no_duty(found):
    """IV.1 makes communes and towns key areas, V.7 speaks of border communes; nobody there has a duty."""
    (finding,) = found["commune-without-duty"]
    assert set(clauses(finding)) == {"IV.1, gạch 3", "V.7"}
    places = {
        "places.yml": "places:\n  - {id: xa, name: các xã vùng xa, kind: area, designations: [{kind: key-area, clause: c-2-1}]}\n"
    }
    assert about(reviewed(duty("c-2-1a"), files=places)["commune-without-duty"]) == {"xa"}
    groups = {"groups.yml": GROUPS + "  - {id: ubnd-xa, name: Ủy ban nhân dân cấp xã}\n"}
    assert reviewed(duty("c-2-1a", by="ubnd-xa"), files={**places, **groups})["commune-without-duty"] == ()
    town = {"places.yml": places["places.yml"].replace("các xã vùng xa", "các thị xã và nhà xã hội")}
    assert reviewed(duty("c-2-1a"), files=town)["commune-without-duty"] == ()


def test_border_districts_are_not_treated_alike(found):
    """V.7 names Buôn Đôn and Ea Súp together; IV.1 makes only Ea Súp a key area, of Buôn Đôn the centre."""
    (finding,) = found["border-not-key"]
    assert finding.about == "buon-don" and finding.citations[0].short == "V.7"
    assert finding.text.endswith("Địa bàn trọng điểm: huyện Ea Súp cả địa bàn; huyện Buôn Đôn chỉ trung tâm huyện.")
    places = "places:\n" + "".join(
        f"  - {{id: {i}, name: bản {i}, kind: area, agency: {who}, designations: [{{kind: border, clause: c-2-1}}{key}]}}\n"
        for i, who, key in (("a", "thu-vien", ", {kind: key-area, clause: c-1-1}"), ("b", "doi-thieu-nien", ""))
    )
    (other,) = reviewed(duty("c-2-1a"), files={"places.yml": places})["border-not-key"]
    assert other.text.endswith("bản a cả địa bàn; bản b không.")
    alike = places.replace("c-2-1}]", "c-2-1}, {kind: key-area, clause: c-1-1}]")
    assert reviewed(duty("c-2-1a"), files={"places.yml": alike})["border-not-key"] == ()


def test_the_number_that_is_skipped(found):
    """V jumps from 7 to 9; it is the first thing to see."""
    (finding,) = found["number-skipped"]
    assert finding.subject == "Thiếu khoản 8 Mục V" and next(iter(found)) == "number-skipped"
    gap = ("signature:\n", 'gaps:\n  - {number: "3", reason: Không rõ.}\nsignature:\n')
    (section,) = reviewed(plan_yml=gap)["number-skipped"]
    assert (section.subject, clauses(section)) == ("Thiếu khoản 3", ["2"])


def test_agencies_without_reporting_duty(found):
    """“đoàn thể” have a duty and no clause names them to report, though VI speaks of open groups.

    The procuracy and the court are asked, and cannot be told to report; the Front is asked to supervise and to tell
    nobody.
    """
    texts = {finding.about: finding.text for finding in found["agency-without-reporting-duty"]}
    assert set(texts) == {"doan-the", "v-11-1c"}
    assert "(khoản 4 Mục VI, phần cuối Mục VI), không rõ có gồm nơi này không" in texts["doan-the"]


def test_coordination_that_is_not_mutual(found):
    """V.7 names two districts, which other clauses only reach as two of fifteen; other partners are left alone."""
    (finding,) = found["coordination-not-mutual"]
    assert finding.about == "v-7-1a" and "huyện Buôn Đôn, Ủy ban nhân dân huyện Ea Súp" in finding.subject
    one = duty("c-2-1a", by="truong-ban-mai", role="lead", more="with: [thu-vien]")
    assert about(reviewed(one, duty("c-2-1b", by="cac-to"))["coordination-not-mutual"]) == {"c-2-1a"}
    assert reviewed(one, duty("c-2-1b"))["coordination-not-mutual"] == ()  # its own clause, not a group's
    back = duty("c-2-1b", by="cac-to", role="coordinate", more="with: [truong-ban-mai]")
    assert reviewed(one, back)["coordination-not-mutual"] == ()


def test_groups_that_differ(found):
    """“đoàn thể” is asked for a programme in VI.6, but for no plan in II.1 and no report in VI.4."""
    (finding,) = found["group-differs-between-clauses"]
    assert finding.about == "doan-the"
    assert clauses(finding) == ["VI.6", "II.1", "VI.4"]


def test_supervision_is_given_twice(found):
    """V.11 asks the Front to supervise, VI.3 charges the police with it; and the police report by V.1 and by VI.3."""
    by_subject = {finding.subject: clauses(finding) for finding in found["role-twice"]}
    assert by_subject["Giám sát"] == ["V.11", "VI.3"]
    assert by_subject["Báo cáo: Công an tỉnh Đắk Lắk"] == ["V.1", "VI.3"]


def test_police_beside_their_group(found):
    """V.6 and V.9 name the police beside the group that the data put them in: one doubt."""
    (finding,) = found["member-beside-group"]
    assert clauses(finding) == ["V.6", "V.9"]


def test_vague_deadlines(found):
    """Each deadline once, for the duties whose time no other clause gives.

    V.1's “định kỳ” is answered by VI.4 (each year, end of 2020), the regular reports of VI's end by VI.4 (each quarter).
    """
    labels = {finding.text.split("”")[0].partition("“")[2] for finding in found["deadline-vague"]}
    assert labels == {
        "Định kỳ hàng quý",
        "Hàng năm",
        "Cuối năm 2020",
        "theo quy định",
        "giao ban định kỳ",
        "Sau khi thành lập",
    }
    assert "v-1-2b" not in about(found["deadline-vague"])


def test_an_answered_deadline_is_not_vague():
    """“định kỳ” is vague, unless what it answers for, or a report to the same, says when."""
    vague = duty("c-2-1a", role="report", more="to: [phong-giao-duc], deadline: dinh-ky")
    assert about(reviewed(vague)["deadline-vague"]) == {"c-2-1a"}
    review = 'id: c-2-1b, text: "Sơ kết.", role: [carry-out], deadline: hang-thang, answered_by: [c-2-1a]'
    assert reviewed(vague, review)["deadline-vague"] == ()
    again = duty("c-2-1b", role="report", more="to: [phong-giao-duc], deadline: hang-thang")
    assert reviewed(vague, again)["deadline-vague"] == ()
    assert about(reviewed(vague, again.replace("phong-giao-duc", "thu-vien"))["deadline-vague"]) == {"c-2-1a"}


def test_what_is_done_once_needs_a_date(found):
    """V.2's proposal and the plans of VI.6 have no date; II.1 gives the latter one, but not for “đoàn thể”."""
    texts = {finding.about: finding.text for finding in found["duty-without-deadline"]}
    assert set(texts) == {"v-2-1a", "vi-6-1a"}
    assert texts["vi-6-1a"] == "Không ghi thời hạn; khoản 1 Mục II ghi “từ năm 2017-2018”, nhưng không nêu đoàn thể."
    advice = duty("c-2-1a", role="advise", more="to: [truong-ban-mai]")
    assert about(reviewed(advice)["duty-without-deadline"]) == {"c-2-1a"}
    for standing in (duty("c-2-1a"), advice.replace("advise", "standing-body, advise"), f"{advice}, force: request"):
        assert reviewed(standing)["duty-without-deadline"] == ()


def test_what_only_a_reader_sees(found):
    """The editor's findings are shown as such, with what they rest on."""
    assert {"I.1.b, gạch 4", "IV.1, gạch 1"} <= set(clauses(found["editor"][0]))
    assert all("(Căn cứ: " in finding.text for finding in found["editor"])


def test_what_a_reader_sees_may_be_for_the_office_only():
    """An editor's finding marked internal is not in the public's review."""
    seen = "findings:\n  - {id: a, subject: Sách, text: Thiếu., clauses: [c-1], source: Đọc%s}\nsignature:\n"
    for mark, number in (("", 1), (", audience: internal", 0)):
        plan = public_plan(load_small(plan_yml=("signature:\n", seen % mark)).plan)
        assert [len(r.findings) for r in view_coverage(plan).rules if r.key == "editor"] == [number]


def test_every_finding_names_its_clause(found):
    """A finding without a clause could not be looked up; one that says nothing would be no use."""
    assert all(finding.citations and finding.text for findings in found.values() for finding in findings)


def test_nothing_is_said_twice(found):
    """About sixty findings, none of them the same sentence on the same place as another."""
    said = [(f.about, f.text) for findings in found.values() for f in findings]
    assert len(said) == len(set(said)) and len(said) < 65


def test_nothing_is_typed_in():
    """Another plan has other findings: give its task to nobody and it is unowned."""
    whole = {r.key: about(r.findings) for r in view_coverage(load_small().plan).rules}
    assert not whole["task-unowned"]
    loose = load_small(sections_2_yml=("implements: [c-1-1a]", "note: Không gắn nhiệm vụ."))
    assert {r.key: about(r.findings) for r in view_coverage(loose.plan).rules}["task-unowned"] == {"c-1-1a"}


def test_the_command_prints_findings(root):
    """`kehoach coverage` lists them; with --json a machine can read them."""
    call = ["coverage", "--data", str(root / "data")]
    said = CliRunner().invoke(kehoach, call)
    assert said.exit_code == 0 and "Bảo vệ nhân chứng" in said.output and "khoản 11 Mục V" in said.output
    assert said.output.count(f"Chỉ giao chung: {V1}.\n") == 1  # said once for all, not ten times
    rules = json.loads(CliRunner().invoke(kehoach, [*call, "--json"]).output)["rules"]
    by_key = {rule["key"]: rule["findings"] for rule in rules}
    assert {f["about"] for f in by_key["task-unowned"]} == UNOWNED
