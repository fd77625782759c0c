"""The review of how the plan shares out its work: what was found by reading the plan is found by the rules."""

import json

import pytest
from click.testing import CliRunner
from small import load_small

from generator.cli.main import kehoach
from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.views.coverage import view_coverage

# Read by hand: the tasks of III and IV that no clause of V or VI takes up. The general sentences of V.1, V.9, V.10 and
# V.11 ("các nội dung của Kế hoạch") name no task and do not count.
UNOWNED = {
    # III: attack on gangs, extradition (V.12 takes legal assistance only), exchange of information
    "iii-2-1a", "iii-2-1c", "iii-3-1b",
    "iv-2-2a",  # protection of witnesses and victims
    "iv-2-3b", "iv-2-3c",  # self-managed groups; V.11 takes the movement in general
    "iv-3-1a", "iv-3-1b", "iv-3-1c",  # following the situation, lists of gangs
    "iv-3-2b", "iv-3-2c",  # breaking up gangs, wanted persons
    "iv-3-3a", "iv-3-3b", "iv-3-3c",  # residence and borders, hotels, patrols
    "iv-3-4a",
    "iv-4-1a", "iv-4-1b",  # special campaigns, key areas
    "iv-5-2a",  # offenders who co-operate
    "iv-7-1a", "iv-7-1b", "iv-7-1c",  # training, science, equipment
}  # fmt: skip


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.fixture(scope="module")
def found(plan):
    return {rule.key: rule.findings for rule in view_coverage(plan).rules}


def about(findings):
    return {finding.about for finding in findings}


def test_unowned_tasks(found):
    """A task that no clause gives to anybody is listed; nothing else is."""
    assert about(found["task-unowned"]) == UNOWNED


def test_tasks_owned_in_part_say_so(found):
    """Where a duty takes up only a part of a task, the task is listed with who does that part."""
    by_task = {finding.about: finding for finding in found["task-partly-owned"]}
    assert by_task["iv-3-2a"].text == "Chỉ một phần có nơi làm: Viện kiểm sát nhân dân tỉnh Đắk Lắk (khoản 12 Mục V)."
    assert [c.short for c in by_task["iv-6-1a"].citations] == ["IV.6, gạch 1", "V.6"]
    whole = {"iii-2-1b", "iii-4-1b", "iv-3-5a", "iv-4-3b", "iv-5-1a", "iv-6-2a", "iv-6-3a"}
    assert whole.isdisjoint(by_task)


def test_tasks_with_two_owners(found):
    """Reintegration is both the labour department's and, in part, the Front's; border patrols are one agency's."""
    by_task = {finding.about: finding.text for finding in found["task-two-owners"]}
    assert "Chủ trì: Sở Lao động - Thương binh và Xã hội." in by_task["iv-5-1a"]
    assert "Không khoản nào ghi ai chủ trì." in by_task["iv-7-2a"]
    assert "iv-3-5a" not in by_task


def test_duties_without_owner(found):
    """II.1, II.2 and the yearly and final reviews of VI.4 name nobody."""
    assert about(found["duty-without-owner"]) == {"ii-1-1a", "ii-2-1a", "vi-4-2a", "vi-4-2b"}


def test_joint_duties_without_lead(found):
    """V.2 gives two departments one task without saying who leads."""
    assert {"v-2-1a", "v-2-1b"} <= about(found["duty-without-lead"])


def test_agencies_without_reporting_duty(found):
    """The Front, the procuracy and the court report to nobody; nor do the two bodies that no clause lists."""
    expected = {"mttq-tinh", "vks-tinh", "tand-tinh", "to-chuc-thanh-vien-mttq", "doan-the"}
    assert about(found["agency-without-reporting-duty"]) == expected


def test_coordination_that_is_not_mutual(found):
    """V.7 names two districts and V.11, V.12 the police; V.10 and V.1 do not name them back."""
    pairs = {(finding.about, finding.subject) for finding in found["coordination-not-mutual"]}
    district, border = "Ủy ban nhân dân huyện", "Bộ Chỉ huy Bộ đội biên phòng tỉnh Đắk Lắk"
    assert pairs == {
        ("v-1-2a", "Công an tỉnh Đắk Lắk → Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ("v-7-1a", f"{border} → {district} Buôn Đôn"),
        ("v-7-1a", f"{border} → {district} Ea Súp"),
        ("v-11-1c", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Đắk Lắk, các tổ chức thành viên → Công an tỉnh Đắk Lắk"),
        ("v-12-1a", "Viện kiểm sát nhân dân tỉnh Đắk Lắk → lực lượng Công an"),
    }


def test_groups_that_differ(found):
    """“đoàn thể” is asked for a programme in VI.6, but for no plan in II.1 and no report in VI.4."""
    (finding,) = found["group-differs-between-clauses"]
    assert finding.about == "doan-the"
    assert [citation.short for citation in finding.citations] == ["VI.6", "II.1", "VI.4"]


def test_supervision_is_given_twice(found):
    """V.11 asks the Front to supervise, VI.3 charges the police with it; and the police report by V.1 and by VI.3."""
    by_subject = {finding.subject: [c.short for c in finding.citations] for finding in found["role-twice"]}
    assert by_subject["Giám sát"] == ["V.11", "VI.3"]
    assert by_subject["Báo cáo: Công an tỉnh Đắk Lắk"] == ["V.1", "VI.3"]


def test_police_beside_their_group(found):
    """V.6 and V.9 name the police beside the group that the data put them in."""
    assert about(found["member-beside-group"]) == {"v-6-1a", "v-9-1a"}


def test_deadlines(plan, found):
    """Each duty has a deadline that can be planned, a vague one, or none."""
    vague, none = about(found["deadline-vague"]), about(found["duty-without-deadline"])
    phases = {"ii-1-1a", "ii-1-1b", "ii-2-1a"}
    assert {"vi-4-1a", "vi-4-2a", "vi-4-2b", "v-7-2a", "v-1-2b"} <= vague
    assert {"v-3-1a", "vi-6-1a"} <= none
    assert vague | none | phases == {item.statement.id for item in plan.duties}
    assert not vague & none


def test_every_finding_names_its_clause(found):
    """A finding without a clause could not be looked up."""
    assert all(finding.citations for findings in found.values() for finding in findings)


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
    rules = json.loads(CliRunner().invoke(kehoach, [*call, "--json"]).output)["rules"]
    assert {f["about"] for f in rules[0]["findings"]} == UNOWNED
