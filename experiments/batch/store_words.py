"""What is said of a store in English and in Chinese: errors, damage, headers of its tables."""

from __future__ import annotations

from experiments.words import phrase

STORE_WORDS: dict[str, tuple[str, str]] = {
    # Errors: what is wrong, then what to do.
    "no_store": (
        "{folder} holds no store (no manifest.json); `talentflow experiment run {folder}` makes one",
        "{folder}不是结果库（缺少manifest.json）；可用 `talentflow experiment run {folder}` 建立",
    ),
    "store_exists": (
        "{folder} holds a store already; go on with `talentflow experiment resume {folder}`, or name another folder",
        "{folder}已有结果库；请用 `talentflow experiment resume {folder}` 继续，或另选文件夹",
    ),
    "newer_store": (
        "{folder} was made by another version ({found}, this one reads {known}); use that version of talentflow",
        "{folder}由其他版本建立（{found}，本版本读取{known}）；请使用相应版本的talentflow",
    ),
    "damaged_state": (
        "{file} is damaged; `talentflow experiment verify {folder}` lists all damage; put this file back from a copy",
        "{file}已损坏；`talentflow experiment verify {folder}` 可列出全部损坏；请用副本恢复此文件",
    ),
    "damaged_parts": (
        "results are damaged ({files}); `talentflow experiment verify {folder} --repair` sets them aside, then `talentflow experiment resume {folder}` runs them again",
        "部分结果已损坏（{files}）；`talentflow experiment verify {folder} --repair` 将其移开，再用 `talentflow experiment resume {folder}` 重新运行",
    ),
    "cannot_write": (
        "{file} could not be written: {reason}; nothing finished is lost: when that is put right, `talentflow experiment resume {folder}` goes on from here",
        "无法写入{file}：{reason}；已完成的结果没有丢失：排除后用 `talentflow experiment resume {folder}` 继续",
    ),
    "disk_full": (
        "the disk is full: {file} could not be written; nothing finished is lost: free some space, then `talentflow experiment resume {folder}` goes on from here",
        "磁盘已满：无法写入{file}；已完成的结果没有丢失：请先腾出空间，再用 `talentflow experiment resume {folder}` 继续",
    ),
    # Damage.
    "changed": ("does not have the content it was written with", "内容与写入时不同"),
    "missing": ("is missing", "缺失"),
    "no_sidecar": ("has no sidecar beside it", "缺少校验文件"),
    "stale": ("belongs to an earlier content of its file of results", "对应的是结果文件先前的内容"),
    "temporary": ("was left by a process that ended while writing", "写入进程中断后遗留"),
    "unknown": ("belongs to no part of the store", "不属于结果库"),
    "unplanned": ("holds runs that are not in the plan", "含有计划之外的模拟"),
    # What a repair does.
    "set_aside": ("set aside in damaged/", "已移至damaged/"),
    "rebuilt": ("written anew from sound results", "已由完好的结果重建"),
    "put_back": ("put back as given", "已按原文恢复"),
    "removed": ("removed", "已删除"),
    "left_alone": ("left alone", "未处理"),
    "not_repaired": ("not repaired", "未修复"),
    # Tables and lines of the verbs.
    "file": ("file", "文件"),
    "finding": ("finding", "情况"),
    "repair": ("repair", "处理"),
    "arm": ("law", "方案"),
    "runs": ("runs", "模拟"),
    "done": ("done", "完成"),
    "failed": ("failed", "失败"),
    "left": ("left", "待运行"),
    "all_arms": ("all", "合计"),
    "draw": ("draw", "抽样"),
    "replicate": ("replicate", "重复"),
    "seed": ("seed", "种子"),
    "stage": ("stage", "阶段"),
    "message": ("message", "信息"),
    "to_repeat": ("To repeat one by itself:", "单独重复某次模拟："),
    "status_head": (
        "{title}: {done} of {runs} runs done, {failed} failed, {left} left; {parts} files, {megabytes} MB.",
        "{title}：共{runs}次模拟，已完成{done}次，失败{failed}次，待运行{left}次；{parts}个文件，{megabytes} MB。",
    ),
    "status_balanced": (
        "Every law, draw and replicate is done up to replicate {replicates} of {of}.",
        "前{replicates}次重复（共{of}次）的各方案、各抽样均已完成。",
    ),
    "status_damaged": (
        "Damaged, to be run again: {files}. `talentflow experiment verify {folder} --repair` sets them aside.",
        "已损坏、需重新运行：{files}。`talentflow experiment verify {folder} --repair` 可将其移开。",
    ),
    "to_resume": ("To go on: talentflow experiment resume {folder}", "继续运行：talentflow experiment resume {folder}"),
    "to_retry": (
        "To run the failed ones again: talentflow experiment resume {folder} --retry-failed",
        "重新运行失败的模拟：talentflow experiment resume {folder} --retry-failed",
    ),
    "no_failures": ("No run has failed.", "没有失败的模拟。"),
    "sound": (
        "Sound: {files} files have the content they were written with.",
        "完好：{files}个文件的内容与写入时一致。",
    ),
    "damage_head": (
        "{damage} damaged or missing, {rest} left over or unknown.",
        "损坏或缺失{damage}个，遗留或未知{rest}个。",
    ),
    "damage_repaired": (
        "Repaired. Runs that were set aside are run again by: talentflow experiment resume {folder}",
        "已修复。移开的模拟可重新运行：talentflow experiment resume {folder}",
    ),
    "damage_to_repair": (
        "To repair what can be: talentflow experiment verify {folder} --repair",
        "修复可修复的部分：talentflow experiment verify {folder} --repair",
    ),
    "damage_stays": (
        "What is not repaired has no second copy in the store: put it back from a copy, or make the store again.",
        "未修复的文件在结果库中没有副本：请用备份恢复，或重新建立结果库。",
    ),
}


def told(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label about a store with its values filled in.

    >>> told("missing", "en"), told("missing", "zh")
    ('is missing', '缺失')
    """
    return phrase(STORE_WORDS, key, lang, **values)
