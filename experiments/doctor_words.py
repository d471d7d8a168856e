"""What the doctor says, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "ok": ("ok", "正常"),
    "warn": ("warn", "注意"),
    "fail": ("FAIL", "有误"),
    "broke": ("could not be checked: {error}", "检查未能完成：{error}"),
    "python": ("Python {version}", "Python {version}"),
    "python_todo": ("use a Python {wanted}", "请改用 Python {wanted}"),
    "packages": ("all packages are there, in the versions asked for", "所需软件包齐全，版本相符"),
    "packages_wrong": ("missing or of another version: {wrong}", "缺少或版本不符：{wrong}"),
    "packages_todo": (
        "install again in a fresh environment: pip install -e .",
        "请在新环境中重新安装：pip install -e .",
    ),
    "writable": ("can write to {folder}", "可写入{folder}"),
    "unwritable": ("cannot write to {folder}", "无法写入{folder}"),
    "cache_todo": (
        "set TALENTFLOW_CACHE_DIR to a folder of your own, or each run compiles the rules anew",
        "请用 TALENTFLOW_CACHE_DIR 指定可写文件夹，否则每次运行都要重新编译规则",
    ),
    "folder_todo": ("name another folder with --out, or go to one", "请用 --out 指定其他文件夹，或换到可写的文件夹"),
    "processors": ("{n} processors", "{n}个处理器"),
    "memory": ("{size} GB of memory", "内存{size} GB"),
    "memory_unknown": ("memory is not told here", "本系统不提供内存信息"),
    "memory_todo": ("use a coarser --scale and --jobs 1", "请用更粗的 --scale，并设 --jobs 1"),
    "smoke": (
        "a tiny run, compiled and in plain Python: the same to the last bit ({seconds} s)",
        "微型模拟，编译运行与纯 Python 运行结果逐位相同（{seconds}秒）",
    ),
    "smoke_plain": (
        "a tiny run in plain Python ({seconds} s); the first real run compiles the rules, about a minute",
        "纯 Python 微型模拟可以运行（{seconds}秒）；首次正式运行需编译规则，约一分钟",
    ),
    "smoke_differs": (
        "compiled and plain runs differ: do not trust results of this machine",
        "编译运行与纯 Python 运行结果不同：本机结果不可信",
    ),
    "smoke_todo": ("please report it, with your processor and versions", "请反馈此问题，并附处理器型号和版本"),
    "port": ("this machine answers itself on a free port", "本机端口可用"),
    "no_port": ("no port on 127.0.0.1: {error}", "127.0.0.1 上无可用端口：{error}"),
    "port_todo": (
        "the browser app needs one; ask who looks after the machine or its firewall",
        "浏览器应用需要本机端口，请联系本机或防火墙管理员",
    ),
    "browser": ("{path}", "{path}"),
    "no_browser": ("no Chromium, Chrome or Edge found", "未找到 Chromium、Chrome 或 Edge"),
    "browser_todo": (
        "install one, or name it in TALENTFLOW_BROWSER; reports as PDF need it, all else does not",
        "请安装其一，或用 TALENTFLOW_BROWSER 指定；仅生成PDF报告时需要",
    ),
    "font": ("Chinese font found", "找到中文字体"),
    "no_font": ("no Chinese font", "没有中文字体"),
    "font_todo": (
        "install one such as Noto Sans CJK; without it PNG figures are drawn in English, SVG and pages are not touched",
        "请安装 Noto Sans CJK 等字体；否则PNG图以英文绘制，SVG和网页不受影响",
    ),
    "check_python": ("Python", "Python"),
    "check_packages": ("packages", "软件包"),
    "check_cache": ("cache", "缓存"),
    "check_folder": ("this folder", "当前文件夹"),
    "check_processors": ("processors", "处理器"),
    "check_memory": ("memory", "内存"),
    "check_run": ("a run", "试运行"),
    "check_port": ("port", "端口"),
    "check_browser": ("browser", "浏览器"),
    "check_font": ("font", "字体"),
}
