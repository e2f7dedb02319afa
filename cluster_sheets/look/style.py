"""Cell styles by their role. A role may be joined with others: ``style("answer", "money")``."""

from collections.abc import Mapping
from typing import Any

from cluster_sheets.look.palette import (
    ACCENT,
    ALARM,
    ALARM_TINT,
    BOX,
    CAUTION,
    CAUTION_TINT,
    GROUND,
    INK,
    MUTED,
    RULE,
    TINT,
    WHITE,
)

Look = Mapping[str, Any]
POUNDS = "£#,##0.00_)_);-£#,##0.00_)_);£0.00_)_);@_)_)"
COUNT = "#,##0_)_);-#,##0_)_);0_)_);@_)_)"
SHARE = "0%_)_);-0%_)_);0%_)_);@_)_)"
DECIMAL = "0.##_)_);-0.##_)_);0_)_);@_)_)"
SCORE = "0.0_)_)"
DAY = "dd/mm/yyyy"
LEFT: Look = {"align": "left", "indent": 1}

BASE: Look = {"font_name": "Arial", "font_size": 11, "font_color": INK, "valign": "vcenter"}
ROLES: Mapping[str, Look] = {
    "plain": {},
    "title": {"font_size": 18, "bold": True, "font_color": ACCENT},
    "lead": {"font_color": MUTED},
    "status": {"bold": True},
    "status-alarm": {"bold": True, "font_color": ALARM},
    "draft": {
        **LEFT, "bold": True, "font_color": CAUTION, "bg_color": CAUTION_TINT,
        "left": 5, "left_color": CAUTION,
    },
    "draft-rest": {"bg_color": CAUTION_TINT},
    "checked": {**LEFT, "bold": True, "font_color": ACCENT, "top": 2, "bottom": 2, "border_color": ACCENT},
    "checked-rest": {"top": 2, "bottom": 2, "border_color": ACCENT},
    "released": {**LEFT, "bold": True, "font_color": WHITE, "bg_color": ACCENT},
    "released-rest": {"bg_color": ACCENT},
    "alarm-banner": {**LEFT, "bold": True, "font_color": ALARM, "bg_color": ALARM_TINT, "top": 5, "top_color": ALARM},
    "alarm-banner-rest": {"bg_color": ALARM_TINT, "top": 5, "top_color": ALARM},
    "heading": {
        **LEFT, "bold": True, "bg_color": TINT, "bottom": 2, "bottom_color": ACCENT,
        "text_wrap": True, "valign": "bottom",
    },
    "heading-figure": {
        "align": "right", "indent": 1, "bold": True, "bg_color": TINT, "bottom": 2, "bottom_color": ACCENT,
        "text_wrap": True, "valign": "bottom",
    },
    "section": {"font_size": 13, "bold": True, "font_color": ACCENT, "valign": "bottom"},
    "section-in-list": {
        "font_size": 13, "bold": True, "font_color": ACCENT, "valign": "bottom", "bottom": 1, "bottom_color": ACCENT,
    },
    "section-in-case": {
        "font_size": 13, "bold": True, "font_color": ACCENT, "valign": "bottom", "top": 2, "top_color": ACCENT,
    },
    "paper": {"bg_color": GROUND},
    "section-on-paper": {
        **LEFT, "font_size": 13, "bold": True, "font_color": ACCENT, "valign": "bottom", "bg_color": GROUND,
    },
    "label": {**LEFT, "bold": True, "bg_color": GROUND, "text_wrap": True},
    "help": {**LEFT, "font_color": MUTED, "bg_color": GROUND, "text_wrap": True},
    "check": {**LEFT, "font_color": MUTED, "bg_color": GROUND, "text_wrap": True},
    "answer": {**LEFT, "bg_color": WHITE, "border": 1, "border_color": BOX, "locked": False, "text_wrap": True},
    "answer-figure": {"align": "right", "bg_color": WHITE, "border": 1, "border_color": BOX, "locked": False},
    "computed": {"align": "right", "bg_color": GROUND, "border": 4, "border_color": RULE},
    "faulty": {
        **LEFT, "bg_color": WHITE, "border": 5, "border_color": ALARM, "locked": False, "text_wrap": True,
    },
    "faulty-figure": {"align": "right", "bg_color": WHITE, "border": 5, "border_color": ALARM, "locked": False},
    "fault": {**LEFT, "bold": True, "font_color": ALARM, "bg_color": ALARM_TINT, "text_wrap": True},
    "fault-number": {
        "align": "center", "bold": True, "font_color": ALARM, "bottom": 1, "bottom_color": RULE,
        "left": 5, "left_color": ALARM,
    },
    "row": {**LEFT, "bottom": 1, "bottom_color": RULE, "text_wrap": True},
    "row-figure": {"align": "right", "bottom": 1, "bottom_color": RULE},
    "row-centre": {"align": "center", "bottom": 1, "bottom_color": RULE},
    "row-total": {**LEFT, "bold": True, "top": 1, "top_color": INK, "bottom": 6, "bottom_color": INK},
    "row-total-figure": {"align": "right", "bold": True, "top": 1, "top_color": INK, "bottom": 6, "bottom_color": INK},
    "subtotal": {**LEFT, "bold": True},
    "subtotal-figure": {"align": "right", "bold": True},
    "text": {**LEFT, "text_wrap": True, "valign": "top"},
    "text-centred": {**LEFT, "text_wrap": True},
    "note": {**LEFT, "font_color": MUTED, "text_wrap": True},
    "tick": {"align": "center", "border": 1, "border_color": BOX, "locked": False},
    "box": {**LEFT, "border": 1, "border_color": BOX, "locked": False, "text_wrap": True},
    "box-figure": {"align": "right", "border": 1, "border_color": BOX, "locked": False},
    "notes-label": {
        **LEFT, "bold": True, "valign": "top", "left": 1, "top": 1, "bottom": 1, "border_color": BOX,
    },
    "notes": {
        **LEFT, "valign": "top", "text_wrap": True, "locked": False, "right": 1, "top": 1, "bottom": 1,
        "border_color": BOX,
    },
    "sign-line": {"valign": "bottom", "bottom": 1, "bottom_color": BOX},
    "forecast": {"italic": True},
    "criterion": {**LEFT, "bold": True, "bottom": 1, "bottom_color": RULE, "text_wrap": True},
    "size-18": {"font_size": 18},
    "size-16": {"font_size": 16},
    "size-14": {"font_size": 14},
    "inset": LEFT,
    "middle": {"valign": "vcenter"},
    "over": LEFT,
    "plain-weight": {"bold": False},
    "caution": {"bold": True, "font_color": CAUTION, "bg_color": CAUTION_TINT},
    "bold": {"bold": True},
    "muted": {"font_color": MUTED},
    "alarm": {"font_color": ALARM, "bold": True},
    "top": {"valign": "top"},
    "right": {"align": "right"},
    "centre": {"align": "center"},
    "link": {"font_color": ACCENT, "underline": 1},
    "pounds": {"num_format": POUNDS, "align": "right"},
    "count": {"num_format": COUNT, "align": "right"},
    "share": {"num_format": SHARE, "align": "right"},
    "decimal": {"num_format": DECIMAL, "align": "right"},
    "score": {"num_format": SCORE, "align": "right"},
    "pounds-left": {"num_format": "£#,##0.00;-£#,##0.00"},
    "count-left": {"num_format": "#,##0"},
    "decimal-left": {"num_format": "0.##"},
    "day": {"num_format": DAY},
    "as-text": {"num_format": "@"},
    "unlocked": {"locked": False},
    "hidden-key": {"font_color": WHITE, "bg_color": WHITE},
}  # fmt: skip
CAUTION_LOOK: Look = {"bold": True, "font_color": CAUTION, "bg_color": CAUTION_TINT}
"""While filling in: over a limit, does not tie."""
CAUTION_EDGE: Look = {"border": 1, "border_color": CAUTION}
REQUIRED_LOOK: Look = {"bold": True, "font_color": INK}
NOT_NEEDED_LOOK: Look = {"bg_color": GROUND, "font_color": MUTED}


def style(*roles: str) -> dict[str, Any]:
    """Properties of a cell that plays these roles; a later one stands over an earlier. Raises KeyError."""
    look: dict[str, Any] = dict(BASE)
    for role in roles:
        if role in ("pounds", "count", "share", "decimal", "score", "right", "centre"):
            look.pop("indent", None)
        look |= ROLES[role]
    return look
