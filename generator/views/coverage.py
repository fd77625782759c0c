"""The review of how a plan shares out its work: findings made by rules over the plan, each with its clauses. Pure.

A finding is no fault by itself; it is what whoever runs the plan should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model.plan import Plan
from generator.views import review_actors as actors
from generator.views import review_text as text
from generator.views import review_work as work
from generator.views.finding import Finding


@dataclass(frozen=True)
class RuleView:
    """A rule with what it found; `key` is stable. `common` is what all its findings say, if there are several."""

    key: str
    title: str
    explanation: str
    findings: tuple[Finding, ...]
    common: str


@dataclass(frozen=True)
class CoverageView:
    """Every rule, in the order in which a reader needs them."""

    rules: tuple[RuleView, ...]

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(len(rule.findings) for rule in self.rules)


def view_coverage(plan: Plan) -> CoverageView:
    """Run every rule over a plan."""
    return CoverageView(tuple(_rule(key, title, says, tuple(find(plan))) for key, title, says, find in _RULES))


def _rule(key: str, title: str, explanation: str, findings: tuple[Finding, ...]) -> RuleView:
    texts = {finding.text for finding in findings}
    common = findings[0].text if len(findings) > 1 and len(texts) == 1 else ""
    return RuleView(key, title, explanation, findings, common)


_RULES: tuple[tuple[str, str, str, Callable[[Plan], Iterable[Finding]]], ...] = (
    (
        "number-skipped",
        "Số thứ tự bị nhảy",
        "Bản nhận được không có số này; không tự điền.",
        text.numbers_skipped,
    ),
    (
        "duty-without-owner",
        "Nhiệm vụ không ghi ai làm",
        "Có việc phải làm, có khi có thời hạn, mà không có chủ thể.",
        work.unowned_duties,
    ),
    (
        "task-unowned",
        "Việc không giao riêng cho ai",
        "Không nhiệm vụ nào được giao nhằm vào việc này. Nơi được giao chủ trì cả văn bản phải lo chung, nhưng văn bản "
        "không nói ai làm. Việc thuộc chức năng của chính nơi chủ trì (do người biên tập xếp) thì không kể ở đây.",
        work.unowned_tasks,
    ),
    (
        "task-partly-owned",
        "Việc chỉ giao một phần, hoặc nhiều nơi làm mà không rõ ai chủ trì",
        "Các nhiệm vụ được giao không bao trùm cả việc này, hoặc ở nhiều khoản khác nhau mà không khoản nào ghi ai chủ "
        "trì.",
        work.partly_owned_tasks,
    ),
    (
        "duty-without-lead",
        "Nhiệm vụ giao chung, không ghi ai chủ trì",
        "Văn bản nêu tên từ hai cơ quan cho một nhiệm vụ.",
        work.duties_without_lead,
    ),
    (
        "product-twice",
        "Một sản phẩm yêu cầu hai lần",
        "Hai khoản yêu cầu lập cùng một loại kế hoạch, chương trình, nhưng khác nơi lập hoặc khác thời hạn.",
        work.products_ordered_twice,
    ),
    (
        "assigned-and-requested",
        "Khoản này giao, khoản kia chỉ đề nghị",
        "Cùng một nơi, hoặc hai tên có thể chỉ cùng một nơi.",
        actors.assigned_and_requested,
    ),
    (
        "lead-supervises",
        "Nơi chủ trì tự giám sát",
        "Nơi được giao chủ trì cả văn bản cũng là nơi giám sát việc thực hiện, hoặc cùng giám sát.",
        actors.leads_that_supervise,
    ),
    (
        "target-loose",
        "Chỉ tiêu chưa rõ ai lo, đo thế nào, báo cáo ở đâu",
        "Nhiệm vụ nào phục vụ chỉ tiêu nào là do người biên tập đối chiếu.",
        text.loose_targets,
    ),
    (
        "money-without-estimate",
        "Kinh phí không ai lập dự toán",
        "Văn bản nói đến kinh phí nhưng không câu giao việc nào có chữ “dự toán”.",
        text.money_without_estimate,
    ),
    (
        "issuer-not-told",
        "Cơ quan ban hành văn bản gốc không được gửi, không được báo cáo",
        "Văn bản này thực hiện một văn bản của cơ quan đó.",
        text.issuers_not_told,
    ),
    (
        "commune-without-duty",
        "Cấp xã không được giao việc",
        "Văn bản xác định địa bàn ở cấp xã nhưng không giao việc cho nơi nào ở cấp đó.",
        text.communes_without_duty,
    ),
    (
        "border-not-key",
        "Địa bàn biên giới xác định không giống nhau",
        "Cùng một khoản nêu là biên giới, nhưng chỉ một số là địa bàn trọng điểm.",
        text.unlike_border_areas,
    ),
    (
        "agency-without-reporting-duty",
        "Nơi có nhiệm vụ nhưng không phải báo cáo",
        "Không tính nơi nhận báo cáo, đầu mối nhận báo cáo và nơi chỉ được đề nghị (trừ khi được đề nghị giám sát).",
        actors.without_reporting,
    ),
    (
        "coordination-not-mutual",
        "Phối hợp chỉ ghi ở một phía",
        "Một khoản nêu đích danh nơi này để phối hợp, nhưng mọi khoản giao việc cho nơi này đều giao qua nhóm và không "
        "nêu lại.",
        actors.one_sided,
    ),
    (
        "role-twice",
        "Một vai trò giao hai lần",
        "Vai trò lẽ ra một nơi giữ, hoặc một nơi phải báo cáo theo nhiều khoản.",
        actors.same_role_twice,
    ),
    (
        "group-differs-between-clauses",
        "Nhóm cơ quan không giống nhau giữa các khoản",
        "Các khoản giao việc cho nhiều nhóm cùng lúc nhưng kể các nhóm khác nhau.",
        actors.differing_groups,
    ),
    (
        "member-beside-group",
        "Cơ quan nêu riêng bên cạnh nhóm của mình",
        "Một câu nêu cả cơ quan và nhóm mà dữ liệu xếp cơ quan đó vào.",
        actors.members_beside_groups,
    ),
    (
        "deadline-vague",
        "Thời hạn không đủ rõ để xếp lịch",
        "Có nói đến thời gian nhưng không ghi ngày hoặc kỳ hạn, và không khoản nào khác ghi.",
        work.vague_deadlines,
    ),
    (
        "duty-without-deadline",
        "Nhiệm vụ làm một lần mà không ghi thời hạn",
        "Lập kế hoạch, tham mưu một quyết định. Việc làm thường xuyên và việc được đề nghị thì không tính.",
        work.undated_duties,
    ),
    (
        "editor",
        "Người biên tập thấy khi đọc",
        "Không quy tắc nào tự tìm được; người biên tập ghi lại trong dữ liệu, kèm căn cứ.",
        text.editor_findings,
    ),
)
