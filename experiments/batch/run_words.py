"""What is said while a batch runs, and of what came of it, in English and in Chinese."""

from __future__ import annotations

from experiments.words import phrase

RUN_WORDS: dict[str, tuple[str, str]] = {
    # While it runs.
    "compiling": (
        "Compiling the rules once for this machine; this takes a minute or so ...",
        "正在为本机编译规则（仅一次，约一分钟）……",
    ),
    "waiting": (
        "Files of results that another process is working on: {n}; waiting for it.",
        "另有进程正在运行{n}个结果文件，等待其完成。",
    ),
    "chunk_aside": (
        "File of results {chunk} cost too many workers ({error}): its {n} runs are set aside as failed; the others go on.",
        "结果文件{chunk}多次使进程终止（{error}）：其中{n}次模拟记为失败并搁置，其余继续。",
    ),
    "more_replicates": ("Not precise enough yet: going on to {n} replicates.", "精度不足，增加到{n}次重复。"),
    "finishing": (
        "Finishing the runs that are going on, then keeping them; once more to stop now.",
        "将完成并保存正在进行的模拟；再按一次立即停止。",
    ),
    "stopped": (
        "Stopped: {done} of {runs} runs are done and kept. To go on: {command}",
        "已停止：{runs}次模拟中{done}次已完成并保存。继续运行：{command}",
    ),
    # What came of it.
    "batch_head": (
        "{title}: {done} of {runs} runs done, {failed} failed, {left} left. Results: {folder}",
        "{title}：共{runs}次模拟，已完成{done}次，失败{failed}次，待运行{left}次。结果：{folder}",
    ),
    "effects_mean": (
        "Difference from the baseline, mean over pairs with the same luck. The interval is for chance alone.",
        "与基准之差为同一运气下配对的平均值。区间只反映随机性。",
    ),
    "spread_means": (
        "The spread over draws (5% to 95%) says how well behaviour and the world are known.",
        "抽样范围（5%至95%）反映对行为与外部环境的了解程度。",
    ),
    "more_rows": (
        "And {n} more rows, in --json and in `talentflow export {folder}`.",
        "另有{n}行，见--json或`talentflow export {folder}`。",
    ),
    "no_pairs": ("There is no pair of runs to tell an effect from yet.", "尚无可比较的成对模拟。"),
    "failed_head": (
        "Runs that failed: {n}. The first: {arm}, seed {seed}, {stage}: {message}",
        "失败的模拟：{n}次。第一个：{arm}，种子{seed}，{stage}：{message}",
    ),
    "repeat_with": ("To repeat it with its traceback: {command}", "重现该失败及其错误信息：{command}"),
    "retry_with": ("To try all of them again: {command}", "重新尝试全部失败的模拟：{command}"),
    "imprecise": (
        "Precision not reached after {n} replicates for: {arms}",
        "{n}次重复后精度仍未达到：{arms}",
    ),
    "repeated": (
        "This run succeeds now. To keep it: {command}",
        "该模拟现已成功。保存结果：{command}",
    ),
    "arm": ("scenario", "方案"),
    "spread": ("over draws", "抽样范围"),
}


def told(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label with its values filled in.

    >>> told("arm", "en")
    'scenario'
    """
    return phrase(RUN_WORDS, key, lang, **values)
