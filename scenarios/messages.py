"""What is said about a problem, in English and Chinese, by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "zh")

_NEAREST = {"en": "; nearest: {name!r}", "zh": "；最接近的名称：{name!r}"}

_TEXT = {
    "too-large": (
        "the file has {size:,} bytes; a file has at most {limit:,}; split it",
        "文件有{size:,}字节；上限为{limit:,}字节；请拆分",
    ),
    "not-utf8": (
        "this byte is not UTF-8; files are UTF-8; save the file as UTF-8",
        "此字节不是UTF-8；文件须为UTF-8编码；请另存为UTF-8",
    ),
    "utf-16": (
        "the file is saved as {encoding}; files are UTF-8; save the file as UTF-8",
        "文件编码为{encoding}；文件须为UTF-8编码；请另存为UTF-8",
    ),
    "carriage-return": (
        "a carriage return stands alone; lines end in LF or CRLF; save the file with LF",
        "单独的回车符；行须以LF或CRLF结束；请以LF换行保存",
    ),
    "tab": ("a tab; YAML is indented with blanks; replace it by blanks", "制表符；YAML以空格缩进；请改为空格"),
    "invisible-character": (
        "an invisible character {letter}; only visible text is read; delete it",
        "不可见字符{letter}；只读取可见文字；请删除",
    ),
}

_YAML = {
    "syntax": (
        "YAML cannot be read here ({detail}); check the indentation, quotes and brackets",
        "此处无法按YAML读取（{detail}）；请检查缩进、引号和括号",
    ),
    "full-width": (
        "a full-width {letter!r}; YAML needs {plain!r}, and a blank after ':'; replace it",
        "全角符号{letter!r}；YAML须用半角{plain!r}，冒号后须有空格；请替换",
    ),
    "alias": ("an alias *{name}; aliases are not read; repeat the value", "别名*{name}；不读取别名；请重复写出该值"),
    "anchor": ("an anchor &{name}; anchors are not read; delete it", "锚点&{name}；不读取锚点；请删除"),
    "tag": ("a tag {name}; a file holds plain values; delete the tag", "标签{name}；文件只含普通值；请删除标签"),
    "merge-key": ("a merge key '<<'; merging is not read; write the keys out", "合并键'<<'；不读取合并；请逐项写出"),
    "second-document": (
        "a second document begins; a file holds one; put it in a file of its own",
        "出现第二个文档；一个文件只含一个文档；请放入单独的文件",
    ),
    "directive": (
        "a directive; only '%YAML 1.2' is read; delete the line",
        "指令行；只读取'%YAML 1.2'；请删除该行",
    ),
    "too-deep": ("nested more than {limit} deep; write it flatter", "嵌套超过{limit}层；请减少层次"),
    "too-many-values": ("more than {limit:,} values; split the file", "超过{limit:,}个值；请拆分文件"),
    "too-long": (
        "{size:,} characters; at most {limit:,} are read here; shorten it",
        "共{size:,}个字符；此处最多{limit:,}个；请缩短",
    ),
    "duplicate-key": (
        "key {key!r} is written twice, first in line {first}; a key stands once; delete one of the two",
        "键{key!r}重复，首次出现在第{first}行；每个键只能出现一次；请删除其一",
    ),
    "key-not-text": ("a key is not plain text; a key is a word; write it out", "键不是普通文字；键须为单词；请改写"),
    "look-alike": (
        "{name} holds {letter}, which is not the letter it looks like; names are plain ASCII{near}; retype it",
        "{name}含有{letter}，并非看上去的字母；名称只用普通ASCII字符{near}；请重新输入",
    ),
    "bad-key": (
        "key {key} is no name; a key is made of a-z, 0-9, '_', '-' and '.'{near}; rename it",
        "键{key}无效；键只含a-z、0-9、'_'、'-'和'.'{near}；请改名",
    ),
    "empty-file": ("the file is empty; it needs 'key: value' lines; fill it", "文件为空；须含“键: 值”行；请填写"),
    "not-a-file-of-keys": (
        "the file is not made of 'key: value' lines; begin with 'schema: talentflow.scenario/1'",
        "文件不是由“键: 值”行组成；请以'schema: talentflow.scenario/1'开头",
    ),
    "empty-value": (
        "{key!r} has no value; a key that is written has one; write it or delete the key",
        "{key!r}没有值；写出的键须有值；请填写或删除该键",
    ),
}

_NUMBERS = {
    "leading-zero": (
        "{value!r} begins with 0, which some programs read as octal; write {plain}",
        "{value!r}以0开头，可能被读作八进制；请写{plain}",
    ),
    "ambiguous-number": (
        "{value!r} may be a number, a time or text; numbers have digits and '.' only; write it plainly, or in quotes if it is text",
        "{value!r}可能是数字、时间或文字；数字只含数字和'.'；请改写，若为文字请加引号",
    ),
    "other-base": ("{value!r} is not decimal; write {plain}", "{value!r}不是十进制；请写{plain}"),
    "too-many-digits": (
        "a number of {size:,} digits; at most {limit} are read; shorten it",
        "数字有{size:,}位；最多{limit}位；请缩短",
    ),
    "not-finite": (
        "{value!r} is not a finite number; every value is finite; write a number or delete the key",
        "{value!r}不是有限数；所有值须为有限数；请写数字或删除该键",
    ),
    "percent": (
        "{value!r} is not a number; shares are written from 0 to 1; write {plain}",
        "{value!r}不是数字；比例以0到1表示；请写{plain}",
    ),
    "full-width-number": (
        "{value!r} has full-width digits; numbers have ASCII digits; write {plain}",
        "{value!r}含全角数字；数字须为半角；请写{plain}",
    ),
}

_FORM = {
    "wrong-schema": (
        "schema is {value}; this file is read as {expected}{near}; write 'schema: {expected}'",
        "schema为{value}；此文件按{expected}读取{near}；请写'schema: {expected}'",
    ),
    "unknown-key": (
        "unknown key {key!r}; known here: {known}{near}; correct or delete it",
        "未知的键{key!r}；此处可用：{known}{near}；请更正或删除",
    ),
    "missing-key": ("key {key!r} is missing; it is needed here; add it", "缺少键{key!r}；此处必须有；请补上"),
    "not-a-number": (
        "{key!r} is {value}; it is a number, without quotes{near}; write a plain number",
        "{key!r}为{value}；须为不带引号的数字{near}；请写数字",
    ),
    "not-a-switch": (
        "{key!r} is {value}; it is true or false; write one of them",
        "{key!r}为{value}；须为true或false；请写其一",
    ),
    "not-text": ("{key!r} is {value}; it is text; write it in quotes", "{key!r}为{value}；须为文字；请加引号"),
    "not-a-list": (
        "{key!r} is {value}; it is a list; write it in brackets, [ ]",
        "{key!r}为{value}；须为列表；请用方括号[ ]",
    ),
    "not-keys": (
        "{key!r} is {value}; it holds keys; write 'key: value' in it",
        "{key!r}为{value}；须为一组键；请在其中写“键: 值”",
    ),
    "not-a-month": (
        "{value} is not a month; dates are YYYY-MM{near}; give year and month",
        "{value}不是月份；日期格式为YYYY-MM{near}；请写明年和月",
    ),
    "not-a-year": ("{value} is not a year; years are YYYY; correct it", "{value}不是年份；格式为YYYY；请更正"),
    "bad-choice": (
        "{key!r} is {value}; it is one of {known}{near}; choose one",
        "{key!r}为{value}；可选：{known}{near}；请选其一",
    ),
    "out-of-bounds": (
        "{key!r} is {value}; it must be {rule}; correct it",
        "{key!r}为{value}；须满足{rule}；请更正",
    ),
    "not-whole": (
        "{key!r} is {value}; it is a whole number; round it",
        "{key!r}为{value}；须为整数；请取整",
    ),
    "bad-id": (
        "{value} is no id; an id is made of a-z, 0-9 and '-'{near}; rename it",
        "{value}不是有效的id；id只含a-z、0-9和'-'{near}；请改名",
    ),
    "bad-value": ("{key!r} is {value}; {rule}; correct it", "{key!r}为{value}；{rule}；请更正"),
}

_CHANGES = {
    "unknown-path": (
        "there is no {what} {value}; paths are those of `talentflow params`{near}; correct the path",
        "没有名为{value}的{what}；路径见`talentflow params`{near}；请更正路径",
    ),
    "incomplete-path": (
        "{value} is a table; a change names one element: {known}; add it to the path",
        "{value}是一张表；一项改动只能指定一个元素：{known}；请补全路径",
    ),
    "not-a-lever": (
        "{value} is no lever of the law; `changes` touch levers only; move it to `assumptions`",
        "{value}不是法律政策杠杆；`changes`只改杠杆；请移到`assumptions`",
    ),
    "not-an-assumption": (
        "{value} is a lever of the law; `assumptions` touch behaviour and the world only; move it to `changes`",
        "{value}是法律政策杠杆；`assumptions`只改行为和外部条件；请移到`changes`",
    ),
    "no-operation": (
        "nothing says how the value changes; one of set, add, multiply, phase is needed; add one",
        "未说明如何改动；须有set、add、multiply、phase之一；请补上",
    ),
    "two-operations": (
        "{first!r} and {second!r} stand together; a change has one of set, add, multiply, phase; delete one",
        "{first!r}与{second!r}同时出现；一项改动只能用set、add、multiply、phase之一；请删除其一",
    ),
    "missing-date": (
        "'from' is missing; a change acts from a month on; add from: YYYY-MM",
        "缺少'from'；改动须自某月起生效；请补上from: YYYY-MM",
    ),
    "date-with-phase": (
        "'from' stands beside 'phase'; a phase has its own dates; delete 'from'",
        "'from'与'phase'同时出现；phase自带日期；请删除'from'",
    ),
    "short-phase": (
        "a phase with {count} date; it goes from one value to another; give two dates or more",
        "phase只有{count}个日期；须从一个值过渡到另一个值；请给出两个或更多日期",
    ),
    "date-not-used": (
        "{value} has no dates; it holds for the whole run; delete {key!r}",
        "{value}没有日期；在整个模拟期内不变；请删除{key!r}",
    ),
    "until-before-from": (
        "until {until} lies before {start}; a change ends in or after the month it begins; correct the dates",
        "until {until}早于{start}；结束不得早于开始；请更正日期",
    ),
    "outside-horizon": (
        "{value} lies outside the horizon {first} to {last}; choose a month inside it",
        "{value}超出时间范围{first}至{last}；请选择范围内的月份",
    ),
    "after-the-run": (
        "{path} changes from {value}, but the run ends in {last}; nothing would change; run longer or change the date",
        "{path}自{value}起改动，而模拟止于{last}；不会有任何变化；请延长模拟或修改日期",
    ),
    "empty-where": (
        "'where' names no place; without 'where' a change holds everywhere; name places or delete it",
        "'where'未列出任何地点；不写'where'则全国适用；请列出或删除",
    ),
    "wrong-where": (
        "{path} is set by {right}, not by {wrong}; write where: {{{right}: [...]}}",
        "{path}按{right}设定，而非{wrong}；请写where: {{{right}: [...]}}",
    ),
    "no-where": (
        "{path} is not set by place; 'where' does not apply; delete it",
        "{path}不按地点设定；'where'不适用；请删除",
    ),
    "unknown-region": (
        "unknown region {value}; regions: {known}{near}; correct it",
        "未知地区{value}；地区：{known}{near}；请更正",
    ),
    "unknown-origin": (
        "unknown origin {value}; origins: {known}{near}; correct it",
        "未知来源地{value}；来源地：{known}{near}；请更正",
    ),
    "named-twice": (
        "{value} is named twice; a place stands once; delete one",
        "{value}重复；每个地点只列一次；请删除其一",
    ),
    "was-differs": (
        "{path} is {value} at {month}{place}, not {was}; 'was' states the baseline's value; correct 'was' or the date",
        "{path}在{month}{place}为{value}，而非{was}；'was'须为基准值；请更正'was'或日期",
    ),
    "no-change": (
        "{path} is {value} already; a change differs from its baseline; change the value or delete the line",
        "{path}已经是{value}；改动须不同于基准；请修改或删除该行",
    ),
    "changes-nothing": (
        "the file changes nothing; a scenario has changes, reforms or assumptions; add one",
        "文件没有任何改动；情景须含changes、reforms或assumptions；请补上",
    ),
    "out-of-range": (
        "{path} must be {low} to {high}{unit}, got {value} at {month}{place}; correct the value",
        "{path}须在{low}至{high}{unit}之间，{month}{place}为{value}；请更正",
    ),
    "not-whole-lever": (
        "{path} is a whole number, got {value}; round it",
        "{path}须为整数，得到{value}；请取整",
    ),
    "overlap": (
        "{path} is changed twice at {month}{place}, by {first!r} and {second!r}; a value is set once; drop one or say on_overlap: last (or sum)",
        "{path}在{month}{place}被{first!r}与{second!r}重复改动；同一值只能改动一次；请删除其一，或写on_overlap: last（或sum）",
    ),
}

_FILES = {
    "unknown-scenario": (
        "there is no scenario {value}; ids are those of `talentflow list`{near}; correct it or give a file",
        "没有名为{value}的情景；id见`talentflow list`{near}；请更正或给出文件",
    ),
    "no-file": ("there is no file {value}; check the path", "文件{value}不存在；请检查路径"),
    "not-a-file": (
        "{value} is not a plain file; a scenario is a file; give one",
        "{value}不是普通文件；情景须为文件；请给出文件",
    ),
    "unreadable": ("{value} cannot be read ({detail}); check its rights", "无法读取{value}（{detail}）；请检查权限"),
    "outside-folder": (
        "{value} lies outside the folder of this file; a file names files of its own folder only; move it there",
        "{value}在本文件所在文件夹之外；只能引用同一文件夹内的文件；请移入",
    ),
    "cycle": ("{value} includes itself: {chain}; drop one of them", "{value}包含自身：{chain}；请删除其一"),
    "duplicate-reform": (
        "reform {value!r} is included twice; it stands once; delete one",
        "改革{value!r}被包含两次；只能出现一次；请删除其一",
    ),
    "reform-with-assumptions": (
        "{value!r} makes assumptions; a package holds reforms of levers only; move them to this file",
        "{value!r}含有assumptions；组合只能包含改革；请将其移到本文件",
    ),
    "not-a-reform": (
        "{value!r} changes no lever; a package holds reforms; drop it",
        "{value!r}不改任何杠杆；组合只能包含改革；请删除",
    ),
    "unknown-source": (
        "there is no fact {value}; a source is an id of facts.csv or 'assumption'{near}; correct it",
        "没有编号为{value}的事实；来源须为facts.csv中的id或'assumption'{near}；请更正",
    ),
    "assumption-without-note": (
        "an assumption without a note; the note says why; add note: ...",
        "假设缺少note；note须说明理由；请补上note: ...",
    ),
}

_EXPERIMENTS = {
    "unknown-outcome": (
        "there is no outcome {value}; names are those of `talentflow list outcomes`{near}; correct it",
        "没有名为{value}的指标；名称见`talentflow list outcomes`{near}；请更正",
    ),
    "unknown-group": (
        "there is no group {value}; names are those of `talentflow list`{near}; correct it",
        "没有名为{value}的群体；名称见`talentflow list`{near}；请更正",
    ),
    "unknown-uncertainty": (
        "there is no uncertain parameter {value}; names are those of scenarios/behaviour.yaml{near}; correct it",
        "没有名为{value}的不确定参数；名称见scenarios/behaviour.yaml{near}；请更正",
    ),
    "not-drawn": (
        "{value} is held fixed: it has no range to draw from; leave it out",
        "{value}为固定值，没有可抽取的范围；请删除",
    ),
    "not-kept": (
        "{value} is not among the {what} kept of a run; kept: {known}{near}; add it to keep or choose one of them",
        "{value}不在保留的{what}之列；已保留：{known}{near}；请加入keep或另选",
    ),
    "not-of-this-file": (
        "no scenario of this file is called {value}; they are: {known}{near}; correct it",
        "本文件没有名为{value}的方案；已有：{known}{near}；请更正",
    ),
    "not-a-scenario": (
        "{value} is no scenario; an entry is an id, a file, a list of them, or keys: id, reforms, levers, from; correct it",
        "{value}不是方案；每项须为id、文件、其列表，或含id、reforms、levers、from的一组键；请更正",
    ),
    "needs-id": (
        "the names joined have {size} characters, too many for an id; write the keys id and reforms instead of a list",
        "合并后的名称有{size}个字符，过长；请改用id和reforms两键代替列表",
    ),
    "same-id": (
        "two scenarios are called {value}; each has an id of its own; give one another with the keys id and reforms",
        "两个方案同名{value}；每个方案须有各自的id；请用id和reforms两键为其一改名",
    ),
    "one-of": (
        "{key!r} has {value}; it needs exactly one of {known}; write one",
        "{key!r}含有{value}；须且只能有{known}之一；请写其一",
    ),
    "goes-with": (
        "{key!r} says nothing without {other!r}; add {other!r} or delete {key!r}",
        "没有{other!r}时{key!r}无意义；请补上{other!r}或删除{key!r}",
    ),
    "not-beside": (
        "{key!r} says nothing beside {other!r}; delete one of the two",
        "{key!r}与{other!r}不能并用；请删除其一",
    ),
    "assumes-law": (
        "{value!r} changes the law; 'assume' takes assumptions alone; list it under 'scenarios'",
        "{value!r}改动法律；'assume'只接受假设；请列入'scenarios'",
    ),
    "assumes-nothing": (
        "{value!r} makes no assumption about behaviour or the world; drop it",
        "{value!r}未对行为或外部条件作任何假设；请删除",
    ),
}

_MESSAGES: dict[str, tuple[str, str]] = _TEXT | _YAML | _NUMBERS | _FORM | _CHANGES | _FILES | _EXPERIMENTS
CODES = tuple(_MESSAGES)


def texts(code: str, *, nearest: str | None = None, **params: Any) -> dict[str, str]:
    """Return the message of ``code`` in every language.

    A parameter may be a mapping of language to text. ``nearest`` fills the place where the nearest name is told.

    >>> texts("missing-key", key="path")["en"]
    "key 'path' is missing; it is needed here; add it"
    """
    told = {}
    for lang, template in zip(LANGUAGES, _MESSAGES[code], strict=True):
        own = {name: value[lang] if isinstance(value, Mapping) else value for name, value in params.items()}
        near = _NEAREST[lang].format(name=nearest) if nearest else ""
        told[lang] = template.format(near=near, **own)
    return told
