"""What a biography says, in English and in Chinese: events by kind and variant, and what stands around them."""

from __future__ import annotations

EVENTS: dict[str, tuple[str, str]] = {
    "considered": ("Begins to think seriously of China.", "开始认真考虑来华。"),
    "considered/again": ("Thinks of coming back to China.", "考虑再次来华。"),
    "chosen": (
        "Settles on {region}{family}, hoping for {target}.",
        "选定{region}{family}，目标是{target}。",
    ),
    "chosen/another": (
        "Changes the plan: now {region}{family}, hoping for {target}.",
        "改变计划：改去{region}{family}，目标是{target}。",
    ),
    "gave-up/not-worth-it": (
        "Lets it pass: life in China would be worth less than life elsewhere.",
        "放下念头：来华不如留在别处。",
    ),
    "gave-up/no-category": (
        "Lets it pass: at {age}, no category of the work permit is open anywhere.",
        "放下念头：{age}岁，各地都没有可用的工作许可类别。",
    ),
    "gave-up/no-post": ("Gives up the search: no employer made an offer in time.", "求职期内没有雇主录用，放弃。"),
    "application": (
        "Applies for {target} in {region}. The case takes {days} days.",
        "在{region}申请{target}，办理需{days}天。",
    ),
    "application/sent-back": (
        "Applies for {target} in {region}. The file is sent back at least once; the case takes {days} days.",
        "在{region}申请{target}，材料至少被退回一次，办理需{days}天。",
    ),
    "abandoned": (
        "Gives up waiting: the case would have taken {days} days.",
        "等不下去，放弃申请：办完需{days}天。",
    ),
    "refused/office": (
        "The application is refused, for reasons other than the criteria.",
        "申请被拒，原因不在评分标准。",
    ),
    "refused/quota": (
        "The application is refused: the quota of Category C admits {share} of cases, and not this one.",
        "申请被拒：C类配额只容纳{share}的案件，此案未获名额。",
    ),
    "refused/no-category": (
        "The application is refused: at {age}, with {points} points, no category is open.",
        "申请被拒：{age}岁、{points}分，没有可用类别。",
    ),
    "entry": (
        "Arrives in {region}{family}, in Category {category}: {route}. The permit runs to {until}.",
        "抵达{region}{family}，获{category}类工作许可：{route}。许可至{until}。",
    ),
    "entry/R": ("Comes to {region} on an R visa, for short stays.", "持R字签证短期往来{region}。"),
    "entry/K": (
        "Arrives in {region} on a K visa, with no employer yet. The stay ends in {until}.",
        "持K字签证抵达{region}，尚无雇主，停留至{until}。",
    ),
    "entry/PR": (
        "Comes back to {region}{family} as a permanent resident: the card was kept.",
        "凭保留的五星卡以永久居留者身份返回{region}{family}。",
    ),
    "appeal": (
        "The file is refused, and an appeal is lodged. It is decided in {until}.",
        "被拒后提出申诉，{until}有结果。",
    ),
    "graduated/stays": (
        "Finishes the studies and stays in {region} to look for work, until {until} at the latest.",
        "毕业后留在{region}求职，最迟到{until}。",
    ),
    "graduated/no-route": (
        "Finishes the studies and goes home: the law opens no permit to this graduate.",
        "毕业后回国：法律没有为其开放任何工作许可途径。",
    ),
    "graduated/goes-home": ("Finishes the studies and goes home by choice.", "毕业后自愿回国。"),
    "post-found": (
        "Finds a post in {region}, in Category {category}: {route}. The permit runs to {until}.",
        "在{region}找到新职位，属{category}类：{route}。许可至{until}。",
    ),
    "post-found/recognised": (
        "Finds a post in {region}, which recognises Category {category}. The permit runs to {until}.",
        "在{region}找到新职位，当地互认{category}类许可。许可至{until}。",
    ),
    "job-lost": (
        "Loses the post. The law leaves until {until} to find another.",
        "失去职位，依法可在{until}前另找工作。",
    ),
    "job-lost/resident": (
        "Loses the post, but a permanent resident need not leave.",
        "失去职位，但永久居留者不必离境。",
    ),
    "stayed": ("Thinks again, and stays.", "重新考虑后留下。"),
    "stayed/spontaneous": ("Weighs up whether to stay, and stays.", "权衡去留，决定留下。"),
    "stayed/permit": ("The permit is running out. Decides to stay.", "许可将到期，决定留下。"),
    "stayed/parents": ("A parent at home needs care. Stays all the same.", "家中父母需要照料，仍决定留下。"),
    "stayed/birth": ("A child is born. Stays.", "子女出生，决定留下。"),
    "stayed/spouse": ("A year in, the spouse is without work. Stays.", "来华满一年，配偶仍未就业，决定留下。"),
    "stayed/pension": (
        "The last month to start paying for a pension. Stays.",
        "已到为养老金开始缴费的最后月份，决定留下。",
    ),
    "stayed/school": ("The children change school or have no place. Stays.", "子女升学或没有学位，决定留下。"),
    "stayed/residence": ("After the refusal, weighs up leaving, and stays.", "被拒后考虑离开，最终留下。"),
    "stayed/term": ("Stays, on a local contract.", "改签当地合同，留下。"),
    "stayed/job": ("Stays without the post.", "失业后仍留下。"),
    "left": ("Leaves after {stay}: life elsewhere is now worth more.", "在华{stay}后离开：别处已更好。"),
    "left/permit": (
        "The permit is running out. Leaves after {stay}: life elsewhere is now worth more.",
        "许可将到期，在华{stay}后离开：别处已更好。",
    ),
    "left/parents": (
        "A parent at home needs care. Leaves after {stay}.",
        "家中父母需要照料，在华{stay}后离开。",
    ),
    "left/birth": ("A child is born. Leaves after {stay}.", "子女出生，在华{stay}后离开。"),
    "left/spouse": (
        "A year in, the spouse is without work. Leaves after {stay}.",
        "来华满一年，配偶仍未就业，在华{stay}后离开。",
    ),
    "left/school": (
        "The children change school or have no place. Leaves after {stay}.",
        "子女升学或没有学位，在华{stay}后离开。",
    ),
    "left/pension": (
        "A pension comes out of reach. Leaves after {stay}.",
        "养老金将无法领取，在华{stay}后离开。",
    ),
    "left/residence": (
        "After the refusal, leaves, having been here for {stay}.",
        "被拒后离开，在华共{stay}。",
    ),
    "left/term": ("Could stay on a local contract, but leaves after {stay}.", "本可改签当地合同，在华{stay}后仍离开。"),
    "left/recalled": (
        "The assignment ends and the employer calls back. Leaves after {stay}.",
        "派遣期满被雇主召回，在华{stay}后离开。",
    ),
    "left/no-post": (
        "Finds no post in the time allowed and has to leave after {stay}.",
        "未在期限内找到职位，在华{stay}后只得离开。",
    ),
    "left/retired": ("Takes the pension and leaves after {stay}.", "退休领取养老金，在华{stay}后离开。"),
    "left/age": ("Leaves in old age, after {stay}.", "年老离开，在华共{stay}。"),
    "left/renewal-office": (
        "The renewal is refused, for reasons other than the criteria. Leaves after {stay}.",
        "延期被拒，原因不在评分标准，在华{stay}后离开。",
    ),
    "left/renewal-quota": (
        "The renewal is refused for want of a place under the quota. Leaves after {stay}.",
        "延期因配额已满被拒，在华{stay}后离开。",
    ),
    "left/renewal-no-category": (
        "The renewal is refused: at {age}, with {points} points, no category is open. Leaves after {stay}.",
        "延期被拒：{age}岁、{points}分，没有可用类别，在华{stay}后离开。",
    ),
    "residence-filed": (
        "Applies for permanent residence after {stay}. The review ends in {until}.",
        "在华{stay}，申请永久居留，审查到{until}。",
    ),
    "residence-filed/post": (
        "Applies for permanent residence after {stay}, through a post of rank. The review ends in {until}.",
        "在华{stay}，凭任职条件申请永久居留，审查到{until}。",
    ),
    "residence-filed/salary": (
        "Applies for permanent residence after {stay}, through pay and tax. The review ends in {until}.",
        "在华{stay}，凭工资和纳税申请永久居留，审查到{until}。",
    ),
    "residence-filed/marriage": (
        "Applies for permanent residence after {stay}, through marriage to a citizen. The review ends in {until}.",
        "在华{stay}，凭与中国公民的婚姻申请永久居留，审查到{until}。",
    ),
    "residence-filed/contribution": (
        "Applies for permanent residence after {stay}, for special contribution. The review ends in {until}.",
        "在华{stay}，凭突出贡献申请永久居留，审查到{until}。",
    ),
    "residence-filed/investment": (
        "Applies for permanent residence after {stay}, through investment. The review ends in {until}.",
        "在华{stay}，凭投资申请永久居留，审查到{until}。",
    ),
    "residence-filed/descent": (
        "Applies for permanent residence after {stay}, being of Chinese descent. The review ends in {until}.",
        "在华{stay}，以外籍华人身份申请永久居留，审查到{until}。",
    ),
    "residence-filed/degree": (
        "Applies for permanent residence after {stay}, through the degree. The review ends in {until}.",
        "在华{stay}，凭学历申请永久居留，审查到{until}。",
    ),
    "residence-filed/key_field": (
        "Applies for permanent residence after {stay}, from a key industry. The review ends in {until}.",
        "在华{stay}，凭重点行业任职申请永久居留，审查到{until}。",
    ),
    "residence-filed/long_stay": (
        "Applies for permanent residence after {stay}, for a long stay. The review ends in {until}.",
        "在华{stay}，凭长期居留申请永久居留，审查到{until}。",
    ),
    "residence-filed/points": (
        "Applies for permanent residence after {stay}, with {points} points. The review ends in {until}.",
        "在华{stay}，以{points}分申请永久居留，审查到{until}。",
    ),
    "residence-registered": (
        "Registers for the draws of permanent residence after {stay}, with {points} points.",
        "在华{stay}，以{points}分登记参加永久居留排名。",
    ),
    "residence-granted": (
        "Permanent residence is granted, as it is to {share} of files. From now on, the Five-Star Card.",
        "永久居留获批（批准比例{share}），自此持五星卡。",
    ),
    "residence-granted/points": (
        "Permanent residence is granted by points. From now on, the Five-Star Card.",
        "永久居留凭积分获批，自此持五星卡。",
    ),
    "residence-refused": (
        "Permanent residence is refused; it is granted to {share} of files.",
        "永久居留未获批（批准比例{share}）。",
    ),
    "renewal-filed": ("Files for a renewal; the case takes {days} days.", "申请延期，办理需{days}天。"),
    "renewed": (
        "The permit is renewed in Category {category}: {route}. It runs to {until}.",
        "许可延期，属{category}类：{route}。许可至{until}。",
    ),
    "term-ended": ("The assignment ends without a recall.", "派遣期满，未被召回。"),
    "retired": (
        "Reaches the retirement age with {counted} years that count; {needed} are needed. Draws a pension.",
        "到退休年龄，累计缴费{counted}年（需{needed}年），可领养老金。",
    ),
    "pension-missed": (
        "Reaches the retirement age without a pension: {counted} years count, {needed} are needed.",
        "到退休年龄却领不到养老金：累计{counted}年，需{needed}年。",
    ),
    "school/public": ("The children get places in a public school.", "子女获得公办学校学位。"),
    "school/section": (
        "The children get places in the international section of a public school.",
        "子女获得公办学校国际部学位。",
    ),
    "school/international": ("The children get places in an international school.", "子女获得国际学校学位。"),
    "school/none": ("There is no school place for the children.", "子女没有学位。"),
    "moved": ("Moves from {origin_region} to {region}.", "由{origin_region}迁往{region}。"),
    "family/joins": ("The family joins.", "家人来华团聚。"),
    "family/apart": ("The family goes back; the household lives apart.", "家人返回，夫妻两地分居。"),
    "spouse/works": ("The spouse finds work.", "配偶找到工作。"),
    "spouse/stops": ("The spouse stops work.", "配偶不再工作。"),
    "out": ("Is past the age of moving; the story ends here.", "已过迁移年龄，故事到此为止。"),
    "changed": ("Status changes from {was} to {status}.", "身份由{was}变为{status}。"),
}
"""By kind, or kind and variant; a kind stands for its variants that have no words of their own."""

ROUTES: dict[str, tuple[str, str]] = {
    "points": ("{points} points, the bar is {bar}", "{points}分，标准为{bar}分"),
    "points as read": (
        "{points} points, read as {read} by the office, the bar is {bar}",
        "{points}分，办理机关认定为{read}分，标准为{bar}分",
    ),
    "pay multiple": ("pay of {salary} yuan, the bar is {bar} yuan", "年薪{salary}元，标准为{bar}元"),
    "talent plan": ("by a talent programme", "入选人才计划"),
    "new doctorate": ("as a new doctor", "应届博士"),
    "bachelor and experience": ("by degree and years of work", "凭学历和工作年限"),
    "language teacher": ("as a language teacher", "语言教师"),
    "master's graduate": ("as a recent master's graduate", "硕士应届毕业"),
    "bachelor's graduate": ("as a recent bachelor's graduate", "本科应届毕业"),
    "below Category B": ("{points} points, below the {bar} of Category B", "{points}分，未达B类的{bar}分"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("Person {id}, under “{title}”", "{id}号人物：“{title}”"),
    "title_two": ("Person {id}, under “{title}” and under “{other}”", "{id}号人物：“{title}”与“{other}”"),
    "invented": (
        "Invented by the model: nobody real, and no forecast of anybody's life.",
        "此人由模型虚构，并非真人，也不预测任何人的人生。",
    ),
    "man": ("A man", "男"),
    "woman": ("A woman", "女"),
    "person": (
        "{sex} from {origin}, born in {birth}. Field: {field}; {education}; {mode}.",
        "{sex}，来自{origin}，{birth}出生。领域：{field}；{education}；{mode}。",
    ),
    "chinese_level": (" Chinese at HSK {hsk} to begin with.", "汉语起初为HSK {hsk}级。"),
    "no_chinese": (" No Chinese to begin with.", "起初不会汉语。"),
    "descent": (" Of Chinese descent.", "华裔。"),
    "single": (" No partner.", "无配偶。"),
    "couple": (" Has a partner.", "有配偶。"),
    "chinese_spouse": (" Married to a Chinese citizen.", "配偶为中国公民。"),
    "child": (" Child born in {years}.", "子女出生于{years}年。"),
    "children": (" Children born in {years}.", "子女分别出生于{years}年。"),
    "stands_for": (" Stands for {scale} people.", "代表{scale}人。"),
    "nothing": ("Nothing that concerns China happens to this person by {until}.", "到{until}为止，此人没有任何与中国有关的经历。"),
    "end": ("In {until}, where the model ends: {status}.", "模型到{until}结束时：{status}。"),
    "end_in": ("In {until}, where the model ends: {status}, in {region}.", "模型到{until}结束时：{status}，在{region}。"),
    "gain": ("Balance {gain} a year", "每年净值{gain}"),
    "against_home": (" against life at home", "（与母国相比）"),
    "against_rival": (" against life in a third country", "（与第三国相比）"),
    "for": ("for: {terms}", "有利：{terms}"),
    "against": ("against: {terms}", "不利：{terms}"),
    "clause": ("{label}: {value}, {since} [{sources}]", "{label}：{value}，{since} [{sources}]"),
    "since": ("in force since {date}", "自{date}起实施"),
    "since_start": ("in force from the first month of the model", "模型起始月即实施"),
    "since_by": ("set by {by} from {date}", "由{by}自{date}起设定"),
    "units": (
        "Balances are in utility a year: 0.1 weighs as much as {share} of income. Terms sum to the balance.",
        "净值为每年效用：0.1相当于收入的{share}。各项之和等于净值。",
    ),
    "let_pass": (
        "More thoughts of China, to {last}: {n}; lets each of them pass.",
        "到{last}为止又{n}次考虑来华，每次都放下。",
    ),
    "stayed_on": (
        "More reviews, to {last}: {n}; stays each time.",
        "到{last}为止又{n}次权衡去留，都留下。",
    ),
    "stayed_on_renewed": (
        "More reviews, to {last}: {n}; stays each time. Renewals of the permit meanwhile: {renewals}.",
        "到{last}为止又{n}次权衡去留，都留下；其间许可延期{renewals}次。",
    ),
    "same_until": ("The same under both until {date}", "{date}之前，两种法律下相同"),
    "never_part": ("The two lives are the same to the end.", "两种法律下的人生自始至终相同。"),
    "same_from_start": ("The two lives differ from the first event on.", "从第一件事起就不同。"),
    "part": ("In {date} the two lives part (“{first}” against “{second}”)", "{date}起，两种人生分开（“{first}”对“{second}”）"),
    "under": ("Under “{title}”", "在“{title}”之下"),
    "why_clause": ("{label}: {one} against {two} [{path}]", "{label}：{one}对{two} [{path}]"),
    "why_gain": (
        "Balance of life in China: {one} against {two}; what differs: {terms}",
        "在华净值：{one}对{two}；差别在于：{terms}",
    ),
    "why_record": ("{what}: {one} against {two}", "{what}：{one}对{two}"),
    "why_public": (
        "Queues, posts and seats that everybody shares differ, and tipped the balance.",
        "众人共同面对的排队、岗位和名额不同，使结果不同。",
    ),
    "no_event": ("Nothing in that month.", "当月无事。"),
    "none_found": (
        "Nobody of this kind in the run: {kind}. Try another --seed, or a smaller --scale for more people.",
        "本次运行中没有这类人：{kind}。可换 --seed，或用更小的 --scale 以增加人数。",
    ),
    "picked": ("Picked as a person of this kind: {kind}.", "所选类型：{kind}。"),
    "searching": ("Looking for a person of this kind among {n} ...", "正在{n}人中寻找……"),
    "running": (
        "No facts of this run are kept yet: running {scenario} once at scale {scale}. Later lives of it are told at once.",
        "尚未保存此次运行的公共事实：先以比例{scale}运行{scenario}一次，之后即可立即讲述。",
    ),
    "not_kept": ("The facts of the run could not be kept: {reason}", "无法保存运行的公共事实：{reason}"),
    "years": ("{n} years", "{n}年"), "year": ("1 year", "1年"),
    "months": ("{n} months", "{n}个月"), "month": ("1 month", "1个月"), "no_time": ("less than a month", "不足一个月"),
}  # fmt: skip
