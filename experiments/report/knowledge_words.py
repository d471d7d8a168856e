"""What is said of where a parameter is known from, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "data": ("published data", "公开数据"),
    "literature": ("judgement, guided by literature", "参考文献的判断"),
    "judgement": ("judgement", "判断"),
    "narrowed": ("judgement, narrowed by data", "判断，经数据收窄"),
    "given": ("a given of the world", "给定的外部条件"),
}
