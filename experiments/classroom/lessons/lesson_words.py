"""What is said around lessons, in English and Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "lesson": ("Lesson {number}: {title}", "第{number}课：{title}"),
    "minutes": ("{minutes} minutes", "{minutes}分钟"),
    "aim": ("Aim", "目标"),
    "what": ("What is it", "这是什么"),
    "how": ("How it works", "如何运作"),
    "use": ("How to use it", "如何使用"),
    "questions": ("Questions", "问题"),
    "notice": ("Things to notice", "值得留意"),
    "try": ("Things to try", "可以尝试"),
    "misleads": ("Where it misleads", "容易误解之处"),
    "extending": ("Extending it", "如何扩展"),
    "sources": ("Sources", "资料来源"),
    "teacher": ("For teachers", "教师参考"),
    "answers": ("Answers, computed by the model", "答案（由模型计算）"),
    "made_with": (
        "Answers from runs: {replicates} pairs, seed {seed}, one row for {scale:,} people, to {until}; coarse, so that they come within seconds.",
        "模拟类答案：{replicates}对模拟，起始种子{seed}，一行代表{scale:,}人，至{until}；粗略，以便数秒内得出。",
    ),
    "save_as": ("Save this as {name}:", "将以下内容保存为{name}："),
    "in_the_page": ("In the page: {asked}", "在网页中：{asked}"),
    "choices": ("Choose one: {ids}", "单选：{ids}"),
    "order": ("Put in order, the largest first: {ids}", "由大到小排序：{ids}"),
    "number": ("A number{unit}", "填写数字{unit}"),
    "unit": (", in {unit}", "（单位：{unit}）"),
    "hint": ("Hint: {text}", "提示：{text}"),
    "right": ("Right: {answer}. {why}", "正确：{answer}。{why}"),
    "wrong": ("Not yet.", "还不对。"),
    "missing": ("No answer yet.", "尚未作答。"),
    "no_number": ("A number is asked for, such as 12, 0.35 or 35%.", "请填写数字，例如12、0.35或35%。"),
    "no_choice": ("That is none of the choices; they are {ids}.", "不在选项之内；可选：{ids}。"),
    "no_order": ("Name each of {ids} once, the largest first.", "请将{ids}各写一次，由大到小。"),
    "unclear": ("(not told apart by these pairs of runs)", "（这些模拟尚不能区分）"),
    "tally": ("{right} of {all} right.", "{all}题中答对{right}题。"),
    "verdict_right": ("right", "正确"),
    "verdict_wrong": ("wrong", "错误"),
    "verdict_missing": ("missing", "未答"),
    "next": (
        "Write answers with `talentflow lesson start {id} --out answers.yaml`, then `talentflow lesson check {id} --answers answers.yaml`.",
        "用`talentflow lesson start {id} --out answers.yaml`生成答题文件，填好后运行`talentflow lesson check {id} --answers answers.yaml`。",
    ),
    "sheet_head": (
        'Answers to lesson {number}, {title}. Write each in place of "": a number, a choice, or an order [a, b, c].',
        '第{number}课《{title}》答题文件。请把""换成答案：数字、选项，或排序 [a, b, c]。',
    ),
    "unknown_question": (
        "There is no question {id!r} in this lesson; they are {ids}.",
        "本课没有问题{id!r}；可选：{ids}。",
    ),
    "twice": ("Question {id!r} is answered twice.", "问题{id!r}回答了两次。"),
    "pair": ("{text!r} is no answer; write question=value.", "{text!r}不是有效的作答；请写成 问题=答案。"),
    "written": ("The answer sheet is in {file}.", "答题文件已写入{file}。"),
    "number_column": ("No.", "序号"),
    "id_column": ("Id", "编号"),
    "title_column": ("Title", "标题"),
    "minutes_column": ("Minutes", "分钟"),
    "questions_column": ("Questions", "题数"),
    "question_column": ("Question", "问题"),
    "verdict_column": ("Verdict", "结果"),
}


def say(key: str, lang: str, **words: object) -> str:
    """Return what is said about something, in ``en`` or ``zh``."""
    return WORDS[key][lang == "zh"].format(**words)
