"""Words of two or more syllables that a line of large type must not part: Vietnamese has spaces inside words. Pure."""

from __future__ import annotations

import re

_TIE = "\u00a0"
_COMPOUNDS = """
an ninh|an toàn|bà con|bảo kê|bảo vệ|bí mật|biên giới|biên phòng|bình yên|bộ đội|cà phê|cá độ|cai nghiện|căn cước|
cần sa|cảnh giác|cảnh sát|chính quyền|chuyển tiền|chuyển khoản|chiếm đoạt|con cháu|con em|công an|công nghệ|
công cao|cờ bạc|
cưỡng đoạt|dọa nạt|dùng thử|đầu thú|đánh bạc|đăng ký|điện tử|điện thoại|đồng phạm|đường link|ép giá|gia đình|giả danh|
giấy tờ|gọi video|hải quan|hành chính|hỏi han|hợp đồng|kẻ xấu|kẻ lừa|khẩn cấp|lầm lỡ|lên tiếng|lừa đảo|lương cao|
ma túy|mang hộ|mạng xã hội|mật khẩu|miễn phí|mua bán|nạp tiền|nặng lãi|ngân hàng|nghề nghiệp|người lạ|người nhà|
người quen|người thân|nhà nước|nhân viên|nông dân|nông sản|nước ngoài|nước uống|phạm tội|phần mềm|phạt tiền|quảng cáo|
rủ rê|rửa tiền|sầu riêng|số đề|sòng bạc|tài khoản|tai nạn|tên tuổi|thanh niên|thông tin|thu mua|thuốc lá|thương lái|
tiền bảo kê|tin nhắn|tố giác|tội phạm|tòa án|tổ chức|trả thù|trẻ em|trở về|trụ sở|tuyển dụng|ủy ban|vay nóng|việc làm|
việc nhẹ|viện kiểm sát|vụ án|xã hội|xác nhận|xe cộ|xưng công an
"""
_WORDS = sorted((word.strip() for word in _COMPOUNDS.replace("\n", "").split("|")), key=len, reverse=True)
_FOUND = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _WORDS))})(?!\w)", re.I)


def tie_phrases(text: str, longest: int) -> str:
    """Each phrase up to a comma, colon or question mark kept on a line if it has `longest` letters at most."""
    phrases = re.split(r"(?<=[,:;?!]) ", text)
    if len(phrases) == 1:
        return tie(text)
    return " ".join(p.replace(" ", _TIE) if len(p) <= longest else tie(p) for p in phrases)


def tie(text: str) -> str:
    """The text with no-break spaces inside the words of the list."""
    return _FOUND.sub(lambda word: word[0].replace(" ", _TIE), text)
