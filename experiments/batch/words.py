"""What is said of the plan of a batch, in English and in Chinese."""

from __future__ import annotations

from experiments.words import phrase

PLAN_WORDS: dict[str, tuple[str, str]] = {
    "what": ("what", "项目"),
    "how_much": ("how much", "数量"),
    "scenarios": ("scenarios", "方案"),
    "draws": ("draws of what is uncertain", "不确定参数抽样"),
    "replicates": ("replicates", "重复次数"),
    "runs": ("runs", "模拟次数"),
    "files": ("files of results", "结果文件"),
    "time": ("time", "用时"),
    "disk": ("disk", "磁盘"),
    "pilot": ("pilot", "试运行"),
    "and_baselines": ("{n}, and {baselines} of the law they are compared with", "{n}项，另有{baselines}项对照法律"),
    "no_draws": ("none: every parameter at its default", "无：所有参数取默认值"),
    "drawn_sobol": ("{n}, Sobol points over {parameters} parameters", "{n}次，{parameters}个参数的Sobol点"),
    "drawn_latin-hypercube": (
        "{n}, a Latin hypercube over {parameters} parameters",
        "{n}次，{parameters}个参数的拉丁超立方",
    ),
    "drawn_posterior": ("{n}, of {parameters} parameters, out of {file}", "{n}次，取自{file}的{parameters}个参数"),
    "drawn_points": ("{n}, of {parameters} parameters, as given", "{n}次，给定的{parameters}个参数"),
    "seeds": ("{n}, seeds {first} to {last}", "{n}次，种子{first}至{last}"),
    "seeds_own": (
        "{n}, seeds {first} to {last} in the first draw, {step} higher in each next",
        "{n}次，第一组参数用种子{first}至{last}，其后每组递增{step}",
    ),
    "seeds_growing": (
        "{n} at least, seeds from {first}; {batch} more at a time, {most} at most",
        "至少{n}次，种子自{first}起；每次增加{batch}次，至多{most}次",
    ),
    "runs_in_families": (
        "{runs}, in {families} families of {in_family} that share luck and past",
        "{runs}次，分为{families}组，每组{in_family}次共享随机数与历史",
    ),
    "runs_at_most": ("; {most} if precision is sought to the end", "；若精度搜索到底则为{most}次"),
    "files_of": ("{chunks}", "{chunks}个"),
    "time_with": ("about {time} with {jobs} workers on this machine", "本机{jobs}个进程约{time}"),
    "disk_of": ("about {size}, {each} a run", "约{size}，每次{each}"),
    "pilot_of": ("{n} runs of one family in {seconds} s", "一组中的{n}次模拟用时{seconds}秒"),
    "hours": ("{n} hours", "{n}小时"),
    "minutes": ("{n} minutes", "{n}分钟"),
    "seconds": ("{n} seconds", "{n}秒"),
    "balanced": (
        "Sobol points are balanced at powers of two: {below} or {above} draws would be, {n} are not quite.",
        "Sobol点在2的幂次时均衡：{below}或{above}次即均衡，{n}次略有偏差。",
    ),
    "held": ("Held by what is assumed, so not drawn: {names}.", "由假设设定，不抽样：{names}。"),
    "nothing_run": ("Nothing but the pilot was run. To run it: {command}", "除试运行外未作模拟。运行：{command}"),
    "expanded": (
        "Added {runs} runs; the store now has {total}, of which {left} are left. To run them: {command}",
        "新增{runs}次模拟；现共{total}次，其中{left}次待运行。运行：{command}",
    ),
}


def told(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label about a plan with its values filled in.

    >>> told("seconds", "en", n=5)
    '5 seconds'
    """
    return phrase(PLAN_WORDS, key, lang, **values)


def duration(hours: float, lang: str) -> str:
    """Return a time in the unit that suits it.

    >>> duration(2.5, "en"), duration(0.2, "en"), duration(0.001, "en")
    ('2.5 hours', '12 minutes', '4 seconds')
    """
    if hours >= 1.5:
        return told("hours", lang, n=f"{hours:,.3g}")
    if hours >= 1 / 30:
        return told("minutes", lang, n=f"{60 * hours:.0f}")
    return told("seconds", lang, n=f"{max(1.0, 3600 * hours):.0f}")


def size(n_bytes: float) -> str:
    """Return a number of bytes in the unit that suits it.

    >>> size(2_340_000_000), size(812), size(45_600)
    ('2.3 GB', '812 B', '46 kB')
    """
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if n_bytes >= step:
            return f"{n_bytes / step:.2g} {unit}" if n_bytes < 100 * step else f"{n_bytes / step:,.0f} {unit}"
    return f"{n_bytes:.0f} B"
