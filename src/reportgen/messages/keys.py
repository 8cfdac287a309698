"""The reference page of the keys of an edition."""

KEYS_PAGE = """# 年度方案的各键

一个年度方案是一个文件夹：

| 文件 | 内容 |
|---|---|
| `edition.toml` | 标题、计量单位、措辞、导出项、评分、要生成的文件 |
| `workbook/NN-表名.toml` | 工作簿里的一张表；文件名去掉前面的数字就是表名 |
| `checks.toml` | 审核公式 |
| `codes/*.csv` | 编码表 |
| `base.docx` | 纸张、样式、页眉页脚 |
| 其他文件夹里的 `.docx` | 章节模板，见[模板作者指南](模板作者指南.md) |

改完运行 `reportgen edition check 方案`，一次列出所有问题。算式里能用的函数见[公式里的函数](公式函数.md)。
没有写默认值的键，不写就是没有。例子取自湖北省的方案。
"""
KEYS_SECTION = """
## {title}

{about}

| 键 | 含义 | 值 | 默认 | 例 |
|---|---|---|---|---|
"""
KEYS_ROW = "| `{key}` | {meaning} | {kind} | {default} | {example} |\n"
KEYS_REQUIRED = "必写"
KEYS = {
    "EditionFile": (
        "edition.toml",
        "整个方案的键。方括号的小节（如 `[units]`）和双方括号的各条（如 `[[derived]]`）见下面各节。",
        {
            "title": "工作簿的标题，印在“填表说明”上",
            "roles": "程序自己要用的几项，见 [roles]",
            "units": "计量单位，每个一行：名称 = { … }，见 [units]",
            "document": "要生成的文件，一份一条，见 [[document]]",
            "conventions": "怎样印，见 [conventions]",
            "wording": "每个短语在各种情形下的说法，一个短语一节，一种情形一行；写了一个短语就要写全它的各种情形",
            "phrase": "几处都要用的一段话，一段一节，见 [phrase]",
            "derived": "导出项，一项一条，见 [[derived]]",
            "scoring": "绩效评分的规则，见 [scoring]",
        },
    ),
    "Roles": (
        "edition.toml 的 [roles]",
        "程序自己要用的几项，写“表.项”。",
        {
            "body": "填报主体的全称在哪一项",
            "year": "决算年度在哪一项",
            "projects": "哪张表的各行各有自己的文件：一行里的错误不影响其他行的文件",
        },
    ),
    "UnitSpec": (
        "edition.toml 的 [units]",
        "每个计量单位的键。同一基本单位的数可以相加减和比较；不同的，声明了 quotient 才能相除。单位的名称也是格式（`|万元`）和函数（`万元(5)`）。",
        {
            "quotient": '两个单位相除，如 ["元", "人"]：金额除以人数得这个单位；写了它就不写 dimension 和 factor',
            "dimension": "它所计的基本单位；率没有",
            "factor": "它合多少基本单位；小数加引号写，以免失真",
            "places": "几位小数",
            "suffix": "印在数后面的字",
            "trim": "正文里去掉小数末尾的 0",
            "printed": "正文里这一类数用这个单位印",
        },
    ),
    "Conventions": (
        "edition.toml 的 [conventions]",
        "怎样印。",
        {
            "differences": "增减额和率怎样算：printed 按印出的数，读者可以复算；exact 按原数",
            "ordinals": "各级序号的样子，{一} 印汉字，{1} 印数字；第一个是 次(0)",
            "reasons": "列举原因时每条开头的字",
            "reason_join": "列举原因时两条之间的字",
            "date": "日期的样子",
            "item_join": "一串名称、金额之间的字",
            "change_words": "增、减、平三个词，用于数额",
            "rate_words": "增、减、平三个词，用于百分数",
            "order_words": "大、小、等三个词，用于与预算比较",
        },
    ),
    "PhraseText": (
        "edition.toml 的 [phrase]",
        "几处都要用的一段话，起一个名称，模板里写 `{{ 名称(…) }}`。名称不能与函数、计量单位相同。",
        {
            "text": "印出的话，可以写 {{ }} 和 {% if %}，用各参数和方案里的名称",
            "parameters": "参数的名称，按用的时候写的顺序",
            "help": "含义，印在标签手册里；不写就印 text",
        },
    ),
    "Derived": (
        "edition.toml 的 [[derived]]",
        "几处都要用的算式，起一个名称。模板里不能做加减乘除，要算的写在这里。",
        {
            "name": "名称，不能与表名相同",
            "formula": "算式",
            "help": "含义，印在标签手册里",
        },
    ),
    "Document": (
        "edition.toml 的 [[document]]",
        "要生成的一份文件。",
        {
            "templates": "章节模板：一个文件夹，其中的文件按文件名的顺序；或按顺序写出各文件，不带 .docx",
            "file": "文件名，不带 .docx，可以写 {{ }}；有“/”的放进文件夹",
            "for": "“变量 in 表”：表的每一行一份，模板里这一行叫变量的名称",
            "when": "只在表单里选了这些时才有这份文件：表.项 = [选项]",
        },
    ),
    "Scoring": (
        "edition.toml 的 [scoring]",
        "绩效评分的规则。",
        {
            "unit": "分值的计量单位",
            "weights": "各部分的分值，合计 100",
            "execution": "按执行率得分的是哪一部分",
            "reverse": "“不超过”的指标超过时怎样得分：ratio 按目标值与完成值之比，difference 按超出的比例扣",
            "bands": "定性指标的档次，从高到低，见 [[scoring.bands]]",
            "grades": "等次，从高到低，见 [[scoring.grades]]",
        },
    ),
    "Band": (
        "edition.toml 的 [[scoring.bands]]",
        "定性指标完成得怎样，可以得几成分。",
        {
            "name": "档次的名称",
            "least": "最少得几成",
            "most": "最多得几成；只有第一档可以正好得这么多",
        },
    ),
    "Grade": (
        "edition.toml 的 [[scoring.grades]]",
        "得分所在的等次。",
        {"name": "等次的名称", "least": "至少多少分"},
    ),
    "Sheet": (
        "workbook/*.toml：各种表都有的键",
        "写了 rows 或 [[block]] 的是表单，行是固定的；其他的逐行填写。",
        {
            "title": "表的标题，印在第一行",
            "number": "印在右上角的表号",
            "unit": "全表金额的计量单位；“=表.项”由填报人在那一项里选",
            "received": "从决算软件粘贴来的表：留空是 0，合计填了的照用并核对，没填的由程序算",
            "when": "只在表单里选了这些时才要填这张表：表.项 = [选项]",
            "empty": "整张表没有填时印的话；写了它，这张表就可以不填。可以有【】",
            "help": "填写说明，印在标题下面",
        },
    ),
    "Form": (
        "workbook/*.toml：表单的键",
        "只有一块的表单可以不写 [[block]]，块的键直接写在表里；不写 columns 就是“项目”“填写内容”两列。",
        {
            "block": "左右并排的各块，见 [[block]]",
            "columns": "只有一块时它的各列",
            "rows": "只有一块时它的各行",
            "tree": "只有一块时它的编码层级",
            "codes": "只有一块时它的编码表",
        },
    ),
    "Block": (
        "workbook/*.toml 的 [[block]]",
        "表单的一块：若干列 × 固定的行。",
        {
            "columns": "各列；只写文字的是金额列的名称，要写别的用花括号",
            "rows": "各行；只写文字的是行的名称，空文字是空行，要写别的用花括号",
            "name": "块的名称，循环“in 表.块”和 分列 用",
            "tree": "各级编码的位数，由短到长；编码短的行是编码以它开头的各行之和",
            "codes": "编码取自 codes 里的哪个编码表",
            "across": "横排：只有一行，各行并排写，每列一组",
        },
    ),
    "Table": (
        "workbook/*.toml：逐行填写的表的键",
        "第一列是关键字，每行不同，算式里用它找到这一行。第一列的 kind 是 ref 时，这张表的各行属于另一张表的一行。",
        {
            "columns": "各列；只写文字的是金额列的名称，要写别的用花括号",
            "required": "至少要填一行",
            "spare": "空白工作簿里留几行",
            "tree": "各级编码的位数，由短到长；最后一级是明细，没填的小计由程序算",
            "levels": "各级的名称，每行可以用它取上级的名称",
            "codes": "编码和名称要与 codes 里的哪个编码表一致",
            "total": "合计行的名称；写了才有合计行",
            "by": "属于另一张表的一行时，用哪一列区分其中各行",
            "withheld": "哪一列打 √ 的行不公开：照样计数、合计，但不印",
        },
    ),
    "Field": (
        "列和行都有的键",
        "columns 和 rows 的花括号里都可以写。",
        {
            "label": "印出的名称；读工作簿时按它找列和行",
            "name": "算式里的名称；不写就是 label 去掉前面的序号和括号里的字",
            "kind": "填什么，见 kind；列不写是 money，行不写随它的列",
            "unit": "计量单位；“=表.项”由填报人在那一项里选，“=列”由每行自己选",
            "required": "不能不填",
            "help": "填写说明",
            "choices": "可以选的各项（kind 为 choice 时必写）",
            "formula": "合计：名称相加减",
            "budget": "它与哪一列（行）比较；写了才能用 比预算 和 完成率",
            "blank": "写 0：没有填就是 0",
        },
    ),
    "Column": (
        "columns 里一列的键",
        "程序算出的列（gathers、computed）只能用在逐行填写的表里，没有人填。",
        {
            "prior": "右边另有一列填上年数",
            "of": "kind 为 ref 时，填的是哪张表的关键字",
            "gathers": "“表.列”：本行里面的那张表这一列之和",
            "computed": "算式，本行叫“行”",
            "outside": "放在正式的表右边，粘贴时不会盖住",
            "group": "上面一行的大标题；相邻几列写得一样的合在一个大标题下",
            "width": "列宽（字符）；不写按 kind",
        },
    ),
    "Row": (
        "rows 里一行的键",
        "固定的一行。",
        {
            "total": "上面各行之和，从上一个合计算起",
            "gap": "正式表里的空行",
            "code": "官方分类里的编码；按它找行，有 tree 时它下面的编码加到它",
        },
    ),
    "Check": (
        "checks.toml 的 [[check]]",
        "一条审核公式。表内的合计和小计不用写，程序自动核对。",
        {
            "id": "编号，印在提示的最后",
            "formula": "一个比较；带条件的写“(甲 == 乙) if 条件 else true”",
            "for": "“变量 in 表”（或“表.块”）：每一行核对一次",
            "severity": "error 必须改，warning 请核实，note 提示",
            "message": "提示的话；可以写 {left} {right} {found} {expected} {gap}。不写由程序说出两边的数",
            "remedy": "怎样改",
        },
    ),
}
KEYS_KINDS = """
## kind

| 值 | 填什么 | 能合计 | 列宽 |
|---|---|---|---|
"""
KEYS_KIND = "| `{kind}` | {meaning} | {added} | {width} |\n"
KEYS_YES = "能"
KINDS = {
    "money": "金额",
    "count": "个数、人数等整数",
    "score": "分数",
    "number": "不相加的数",
    "percent": "百分数，填 95 即 95%",
    "year": "四位年份",
    "text": "短文字",
    "prose": "成段的文字，可以换行，可以有【】",
    "date": "日期",
    "choice": "从 choices 里选",
    "code": "编码",
    "ref": "另一张表的关键字，从下拉列表选",
    "mark": "打 √",
    "label": "行的名称，由表自己印",
    "line": "行次，由表自己印",
}
KEYS_CODES = """
## codes/*.csv

编码表是 UTF-8 的 CSV。第一行是各列的名称，要能作算式里的名称；第一列是编码，不能重复。要与哪张表的名称核对，就要有一列与那张表名称列的名称相同。其余各列模板都可以引用。
"""
