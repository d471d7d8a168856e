"""What a page of a report says around its findings: headings, buttons, tasks of a course, in English and in Chinese."""

from __future__ import annotations

from experiments.words import phrase

NAMES = {"en": "English", "zh": "中文"}
"""Each language in itself."""

PAGE: dict[str, tuple[str, str]] = {
    # The frame.
    "kicker": ("Scenario report", "方案报告"),
    "skip": ("Skip to the findings", "跳到正文"),
    "language": ("Language", "语言"),
    "contents": ("Contents", "目录"),
    "warnings": ("Before you read on", "阅读前须知"),
    "numbers": ("In three numbers", "三个数字"),
    "made_by": ("Made by talentflow {version}.", "由talentflow {version}生成。"),
    "not_forecast": (
        "A simulation of invented people under dated rules: not a forecast.",
        "这是对虚构人物在各时期规则下的模拟，不是预测。",
    ),
    "top": ("Back to the top", "回到顶部"),
    # Numbers.
    "span": ("{low} to {high}", "{low}至{high}"),
    "with_span": ("{value} ({low} to {high})", "{value}（{low}至{high}）"),
    "range": ("range {low} to {high}", "区间{low}至{high}"),
    "dash": ("–", "–"),
    "unclear": ("unclear", "不明确"),
    "same": ("no change", "无变化"),
    "unclear_means": ("unclear: cannot be told from zero", "不明确：无法与零区分"),
    "with_unit": ("{label}, {unit}", "{label}（{unit}）"),
    "low_of": ("{label}, low", "{label}，下限"),
    "high_of": ("{label}, high", "{label}，上限"),
    # Figures with their tables.
    "numbers_of_figure": ("The numbers of this figure", "本图数据"),
    "download": ("Download", "下载"),
    "colon": (":", "："),
    "data_file": ("numbers (CSV)", "数据（CSV）"),
    "picture_file": ("picture ({ending})", "图片（{ending}）"),
    "scroll": ("Scrolls sideways", "可左右滑动"),
    "shown_of": ("The first {shown} of {total} rows; the file holds all.", "此处列出{total}行中的前{shown}行，全部见数据文件。"),
    "told_once": ("{label}: {text}", "{label}：{text}"),
    "rows_of": ("{caption}: all {n} rows", "{caption}（全部{n}行）"),
    "rows_left_out": (
        "{caption}: {n} rows, left out of print; they are in the page and in {file}.",
        "{caption}：共{n}行，打印版从略，见网页及{file}。",
    ),
    "files": ("Files beside this page", "与本页同在的文件"),
    "workbook_file": ("All tables (XLSX)", "全部表格（XLSX）"),
    "slides_file": ("Slides (HTML)", "幻灯片（HTML）"),
    "print_file": ("For print (PDF)", "打印版（PDF）"),
    "report_file": ("The report as data (JSON)", "报告数据（JSON）"),
    # Commands.
    "copy": ("Copy", "复制"),
    "copied": ("Copied", "已复制"),
    "select_it": ("Press Ctrl+C", "请按Ctrl+C"),
    "rerun": ("Make this report again", "重新生成本报告"),
    "provenance": ("What it was made from", "生成依据"),
    # The page of a minister.
    "changes_short": ("What changes", "改革内容"),
    "limits_short": ("What this does not say", "未能说明的内容"),
    "more_changes": ("and {n} more, in the full report", "另有{n}项，见完整报告"),
    "change_line": ("{date}: {what} goes from {before} to {after}", "{date}起：{what}由{before}变为{after}"),
    "part_changes": ("{part} (provisions: {n})", "{part}（{n}项条款）"),
    "one_page": ("One page", "一页摘要"),
    # Tasks of a course.
    "task_sheet": ("Task sheet", "课堂任务单"),
    "answers": ("Answers, for the teacher", "参考答案（教师用）"),
    "answers_of": ("Answers: {title}", "参考答案：{title}"),
    "how_to_use": (
        "Write your answer down before you open a box. Boxes hold numbers of the report.",
        "先写下你的答案，再打开方框；方框内是报告中的数字。",
    ),
    "part_predict": ("Predict before you look", "先预测，后查看"),
    "part_notice": ("Things to notice", "观察要点"),
    "part_try": ("Things to try", "动手尝试"),
    "part_misleads": ("Where it misleads", "可能误导之处"),
    "reveal": ("Show the number", "显示数字"),
    "numbers_hidden": ("Show the figure and its numbers", "显示图及数据"),
    "room": ("Your answer", "你的回答"),
    "predict_number": (
        "{what}: what do you expect, and how wide a range would you give?",
        "{what}：你预计是多少？你给出的区间有多宽？",
    ),
    "predict_most": (
        "“{caption}”: which row changes most ({column})? In which rows will the range include zero?",
        "“{caption}”：哪一行变化最大（{column}）？哪些行的区间会包含零？",
    ),
    "predict_unclear": (
        "“{caption}”: in which rows will the range include zero ({column})?",
        "“{caption}”：哪些行的区间会包含零（{column}）？",
    ),
    "answer_most": ("The largest: {row}, {cell}.", "变化最大：{row}，{cell}。"),
    "answer_unclear": (
        "In {n} of {total} rows the difference cannot be told from zero: {rows}.",
        "{total}行中有{n}行的差异无法与零区分：{rows}。",
    ),
    "answer_all_clear": ("In all {total} rows the difference is told from zero.", "全部{total}行的差异都可与零区分。"),
    "rows_more": ("{rows} and {n} more", "{rows}等（另有{n}行）"),
    "row_apart": (", ", "、"),
    "list_apart": ("; ", "；"),
    "notice_figure": (
        "Look at “{title}”. Say in one sentence what it shows, with its range, and what it does not show.",
        "看图“{title}”。用一句话说出它显示了什么（连同区间），以及没有显示什么。",
    ),
    "answer_figure": (
        "It shows: {title}. It is measured as: {subtitle}.",
        "图中显示：{title}。度量方式：{subtitle}。",
    ),
    "try_again": (
        "Make the report again with the line below. Which numbers are the same to the last digit, and why?",
        "用下面的命令重新生成报告。哪些数字完全相同？为什么？",
    ),
    "answer_again": (
        "All of them: people, luck and law are fixed by seed, version and scenario files ({provenance}).",
        "全部相同：人物、随机性和法律都由种子、版本和方案文件决定（{provenance}）。",
    ),
    "try_seed": (
        "Run it with another seed. Which findings keep their sign, and which were luck?",
        "换一个种子再运行。哪些结论方向不变？哪些只是偶然？",
    ),
    "answer_seed": (
        "Expect the clear rows to keep their sign; these may turn, as they cannot be told from zero: {rows}.",
        "可与零区分的各行，方向应当不变；以下各行无法与零区分，可能改变方向：{rows}。",
    ),
    "try_command": ("Type the line, then compare its result with the page.", "运行这一行，再与本页对照。"),
    "answer_command": (
        "What it prints agrees with the report where both use the same seeds and scale; explain any other difference.",
        "种子和抽样比例相同时，输出与报告一致；其他差异应能解释。",
    ),
    "told_span": ("{told} ({span})", "{told}（{span}）"),
    "misleads": (
        "The report warns: “{line}” Would this make the headline too high, too low, or can one not say?",
        "报告提醒：“{line}”这会使主要结论偏高、偏低，还是无法判断？",
    ),
    "answer_misleads": (
        "Open question. A good answer names who is left out or held fixed, the way it would move, and a run that tests it.",
        "开放题。好的回答应指出遗漏或固定了什么、会使结果向哪个方向变动，以及怎样用一次模拟检验。",
    ),
    "none": ("none", "无"),
    # Slides.
    "slides": ("Slides", "幻灯片"),
    "slides_keys": ("Arrow keys turn the slides, n shows the notes.", "方向键翻页，按n显示备注。"),
    "slide_of": ("{n} of {total}", "{n} / {total}"),
    "next": ("Next", "下一页"),
    "previous": ("Previous", "上一页"),
    "notes": ("Notes", "备注"),
    "discuss": ("To discuss", "讨论"),
    "a_life": ("One simulated life", "一个模拟人生"),
    "discuss_unclear": (
        "Which finding would you act on, and which is too unclear?",
        "哪项结论足以据以行动？哪项还不够明确？",
    ),
    "discuss_who": ("Who gains least, and is that fair?", "谁受益最少？这公平吗？"),
    "discuss_missing": (
        "What is not in the model that would change your mind?",
        "模型之外的哪个因素会改变你的看法？",
    ),
    "discuss_evidence": (
        "Which number would you measure first to make the range narrower?",
        "要使区间变窄，你会先去测量哪个数？",
    ),
    # Print.
    "no_browser": (
        "no PDF: no Chromium, Chrome or Edge was found; install one or name its program in TALENTFLOW_BROWSER, or print index.html",
        "未生成PDF：需由Chromium、Chrome或Edge打印，未找到；请安装其一，或在TALENTFLOW_BROWSER中指明其程序；也可用任意浏览器打开index.html打印",
    ),
    "wrong_browser": (
        "no PDF: TALENTFLOW_BROWSER names no program that can be run: {path}",
        "未生成PDF：TALENTFLOW_BROWSER所指的程序无法运行：{path}",
    ),
    "browser_failed": (
        "no PDF: {browser} did not print the page ({why}); open index.html in a browser and print it",
        "未生成PDF：{browser}未能打印（{why}）；请用浏览器打开index.html打印",
    ),
    "took_too_long": ("no answer within {seconds} s", "{seconds}秒内没有响应"),
    # The workbook.
    "no_xlsx": (
        "no XLSX: the library XlsxWriter is missing; python -m pip install 'talentflow[export]'",
        "未生成XLSX：缺少XlsxWriter库；python -m pip install 'talentflow[export]'",
    ),
    "sheet_first": ("Read me", "说明"),
    "sheet": ("sheet", "工作表"),
    "shows": ("what it shows", "内容"),
}  # fmt: skip

PROVENANCE: dict[str, tuple[str, str]] = {
    "version": ("version", "版本"),
    "seed": ("first seed", "首个种子"),
    "last_seed": ("last seed", "末个种子"),
    "replicates": ("replicates", "重复数"),
    "scale": ("people a row stands for", "每行代表人数"),
    "until": ("simulated until", "模拟至"),
    "draws": ("draws of the uncertain parameters", "不确定参数抽样数"),
    "posterior": ("where the draws come from", "抽样来源"),
    "engine": ("engine", "引擎"),
    "confidence": ("confidence of the intervals", "区间置信度"),
    "source": ("hash of the model's source", "模型源码散列值"),
    "scenarios": ("scenarios", "方案"),
    "baseline": ("baseline", "基准"),
    "platform": ("platform", "平台"),
    "python": ("Python", "Python"),
    "assume": ("assumptions that hold on both sides", "两侧共同的假设"),
    "audience": ("audience", "读者"),
    "store": ("folder of runs", "模拟结果文件夹"),
    "schema": ("schema", "格式"),
}
"""What a value of the provenance is called; one that is not listed goes by its own name."""


def word(key: str, lang: str, **values: object) -> str:
    """Return words of the page in a language, with their values filled in.

    >>> word("with_span", "zh", value="+5", low="+1", high="+9")
    '+5（+1至+9）'
    """
    return phrase(PAGE, key, lang, **values)


def provenance_label(key: str, lang: str) -> str:
    """Return what a value of the provenance is called.

    >>> provenance_label("seed", "en"), provenance_label("flags", "zh")
    ('first seed', 'flags')
    """
    return phrase(PROVENANCE, key, lang) if key in PROVENANCE else key.replace("_", " ")
