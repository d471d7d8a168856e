"""What rooms refuse, each in both languages with what to do."""

from __future__ import annotations

from experiments.classroom.refused import Refused, TooMuch


def no_room() -> Refused:
    """Return the refusal of a code that no room has."""
    return Refused(404, "no-room", {"en": "There is no room with this code. Check its six letters.", "zh": "没有这个房间，请核对六位字母代码。"})  # fmt: skip


def not_in_room() -> Refused:
    """Return the refusal of who has not joined, or has a wrong key."""
    return Refused(403, "not-in-room", {"en": "Join the room first: this browser holds no valid key of a group in it.", "zh": "请先加入房间：此浏览器没有该房间小组的有效口令。"})  # fmt: skip


def not_teacher() -> Refused:
    """Return the refusal of who is not the teacher."""
    return Refused(403, "not-teacher", {"en": "This is for the teacher: enter the teacher's token.", "zh": "此操作仅限教师：请输入教师口令。"})  # fmt: skip


def wrong_token() -> Refused:
    """Return the refusal of a wrong token of the teacher."""
    return Refused(403, "wrong-token", {"en": "This is not the teacher's token. It was printed when the classroom was started.", "zh": "教师口令不正确。口令在启动课堂程序时已显示。"})  # fmt: skip


def too_many_tries(wait_seconds: int) -> TooMuch:
    """Return the refusal of one more try after too many wrong ones."""
    return TooMuch("tries", {"en": f"Too many wrong tries. Wait {wait_seconds} seconds.", "zh": f"错误次数过多，请等待{wait_seconds}秒。"}, wait_seconds)  # fmt: skip


def bad_name(most: int) -> Refused:
    """Return the refusal of a name that is empty or too long."""
    return Refused(400, "name", {"en": f"A name has 1 to {most} characters that can be seen.", "zh": f"名称应为1至{most}个可见字符。"})  # fmt: skip


def name_taken() -> Refused:
    """Return the refusal of a name that another group has."""
    return Refused(409, "name-taken", {"en": "Another group has this name. If it is yours, enter your group's key as well; else choose another.", "zh": "该名称已被使用。如果是你们的小组，请同时输入小组口令；否则请另选名称。"})  # fmt: skip


def room_full(most: int) -> Refused:
    """Return the refusal of a group more than a room takes."""
    return Refused(409, "room-full", {"en": f"The room is full: it takes {most} groups. Join one of them.", "zh": f"房间已满：最多{most}个小组，请加入已有小组。"})  # fmt: skip


def too_many_rooms(most: int) -> Refused:
    """Return the refusal of a room more than is kept."""
    return Refused(409, "rooms-full", {"en": f"{most} rooms are kept already. Delete one first.", "zh": f"已有{most}个房间，请先删除一个。"})  # fmt: skip


def wrong_state(state: str) -> Refused:
    """Return the refusal of what a room does not take in its state."""
    en = {"open": "The room is still open.", "closed": "The room is closed: packages can no longer be changed.", "evaluating": "The packages are being evaluated.", "revealed": "The results are out: nothing changes any more."}  # fmt: skip
    zh = {"open": "房间仍在开放。", "closed": "房间已截止，方案不能再修改。", "evaluating": "正在评估各组方案。", "revealed": "结果已公布，不能再修改。"}  # fmt: skip
    return Refused(409, "state", {"en": en[state], "zh": zh[state]})


def nothing_handed_in() -> Refused:
    """Return the refusal to evaluate an empty room."""
    return Refused(409, "nothing", {"en": "No group has handed in a package yet.", "zh": "还没有小组提交方案。"})


def not_done(done: int, of: int) -> Refused:
    """Return the refusal to reveal before all is run."""
    return Refused(409, "not-done", {"en": f"Not all is evaluated yet: {done} of {of} hidden pairs are done.", "zh": f"评估尚未完成：隐藏的{of}对模拟已完成{done}对。"})  # fmt: skip


def over_budget(price: float, budget: float) -> Refused:
    """Return the refusal of a package beyond the budget, yuan."""
    over, most = (price - budget) / 1e6, budget / 1e6
    return Refused(
        409,
        "over-budget",
        {
            "en": f"The package costs {price / 1e6:,.0f} million yuan, {over:,.0f} million more than the budget of {most:,.0f} million. Take a measure out, or make a change smaller.",
            "zh": f"方案费用为{price / 1e6:,.0f}百万元，超出预算（{most:,.0f}百万元）{over:,.0f}百万元。请去掉一项措施，或减小调整幅度。",
        },
    )


def bad_package(problems: list[dict[str, str]]) -> Refused:
    """Return the refusal of a package that is none, with every problem."""
    return Refused(400, "package", {"en": "This package cannot be used.", "zh": "该方案无法使用。"}, problems)


def bad_link() -> Refused:
    """Return the refusal of a text that is no link of the page."""
    return Refused(400, "link", {"en": "This is no link of the page with a package in it: paste all of the address, from # on.", "zh": "这不是包含方案的页面链接：请粘贴完整地址（含#之后的部分）。"})  # fmt: skip
