"""The reference page of findings."""

FINDINGS_PAGE = """# 检查会说什么

`reportgen check 工作簿` 的每一条先说在哪个单元格，再说问题，再说怎么改，最后的括号里是编号。同一个问题只说一次：读不出来的单元格，用到它的审核公式不再说。

- 必须改：不改就不生成报告。只属于一个项目的，只影响这个项目的文件和报告。
- 请核实：照样生成，请看一看。
- 提示：程序自己处理了，让你知道。

## 读表和试印

| 编号 | 程度 | 意思 |
|---|---|---|
"""
FINDINGS = {
    "file-unusable": ("error", "几个文件一起检查时，这个文件打不开，或它用的年度方案不能用"),
    "sheet-missing": ("error", "工作簿里没有这张工作表"),
    "heading-missing": ("error", "表头里找不到这一栏"),
    "sheet-copy": ("warning", "方案里某张表的副本，没有读取"),
    "key-merged": ("error", "几行的编码（名称）合并成了一格，后几行没有读取"),
    "total-twice": ("error", "合计行写了两次，后一行没有读取"),
    "foot-missing": ("warning", "数据盖过了提示行，表内公式没有算到后面的行"),
    "outside": ("error", "一行数据写在填报的各行之外，没有读取"),
    "unread": ("warning", "填了内容的单元格没有读取；只是文字的，只作提示"),
    "row-missing": ("error", "找不到这一行的名称或编码"),
    "table-empty": ("error", "整张表（或上年数一边）没有填"),
    "required": ("error", "必填的单元格是空的"),
    "not-a-number": ("error", "应填数字，填的不是"),
    "too-large": ("error", "数字大得不合情理"),
    "shifted": ("error", "整张表的内容与标题错开了几列，没有读取"),
    "text-number": ("note", "数字是以文本存的，已按数字读"),
    "dash": ("note", "数字格里填的是横线，按没有填读"),
    "year": ("error", "不是四位年份"),
    "count": ("error", "应是整数，填的不是，或者小于 0"),
    "percent": ("error", "填的是百分数，计量单位不是"),
    "fraction": ("warning", "按百分比填的一格填了不大于 1 的数，可能少乘了 100"),
    "date": ("error", "不是日期"),
    "choice": ("error", "不是下拉选项里的一项"),
    "mark": ("error", "勾选栏里填了别的"),
    "error-value": ("error", "单元格里是 #REF!、#DIV/0! 之类的错误值"),
    "formula-uncalculated": ("error", "公式没有算出结果，多半是没有在表格软件里保存过"),
    "total-typed": ("error", "灰色单元格由程序计算，不能填"),
    "unit-missing": ("error", "数字填了，它的计量单位没有选"),
    "key-missing": ("error", "一行填了数，没有填编码或编号"),
    "key": ("error", "编码或编号里有看不见的字符，或者太长"),
    "key-twice": ("error", "编码或编号重复，全角和半角的写法算同一个"),
    "code-length": ("error", "编码的位数不对"),
    "code-unknown": ("warning", "编码表里没有这个编码"),
    "code-name": ("warning", "编码和名称对不上编码表"),
    "reference": ("error", "引用了另一张表里没有的一行"),
    "citation": ("error", "文字里的【】印不出来"),
    "print": ("error", "报告里有一处印不出来，比如除以零、各项都四舍五入为零"),
    "file-name": ("error", "文件名里要用的一项没有填"),
    "file-numbered": ("note", "文件名和另一份的相同，末尾加了序号"),
}
EDITION_FAULTS_PAGE = """
## 年度方案

`reportgen edition check` 的每一条先说文件和键，再说问题；`--format json` 里的编号是这些。都是必须改的。

| 编号 | 意思 |
|---|---|
"""
EDITION_FAULTS = {
    "file-missing": "缺少方案要有的文件",
    "file-outside": "方案的文件不是文件夹里的普通文件，或要生成的文件名不成文件名",
    "file-too-large": "文件太大",
    "file-unreadable": "文件读不了",
    "not-utf8": "文件不是 UTF-8 编码",
    "toml-syntax": "TOML 文件写得不合语法",
    "not-csv": "编码表不是完好的 CSV 文件",
    "key-unknown": "没有这个键",
    "key-missing": "少了必须写的键",
    "key-choice": "键的值不是可选的几项之一",
    "key-type": "键的值不是要的那一种",
    "too-deep": "一层套一层，套得太深",
    "too-many": "列的东西太多",
    "too-long": "文字太长",
    "control-character": "文字里有看不见的控制字符",
    "number-beyond": "数字太大或太小",
    "name-twice": "两样东西用了同一个名称",
    "not-an-identifier": "名称不能写在公式里",
    "unknown-name": "指了一个没有的表、项或列",
    "sheet-name-too-long": "工作表的名称太长",
    "too-many-cells": "工作簿要的单元格太多",
    "no-labels": "有固定行的一块没有放行名的列",
    "no-choices": "下拉的一项没有列出选项",
    "unknown-list": "指了一个没有的编码表",
    "list-without-names": "编码表里没有表中放名称的那一列",
    "code-twice": "同一个编码写了两次",
    "code-of-no-level": "编码的长度不是各级中的任何一级",
    "tree-without-codes": "编码分级的表，第一列不是编码",
    "levels-differ": "各级的名称和各级的长度不一样多",
    "key-is-a-number": "记录的第一列是数字，不能用来指明一行",
    "across-beside": "横着排的一块有上年数或表外的列",
    "across-gap": "横着排的一块里有空行",
    "when": "表或文件的条件不是下拉的一项",
    "formula": "合计的公式不是几项的和",
    "total-circle": "合计绕了一圈又加上自己",
    "total-of-no-number": "合计里有一项不是数",
    "total-of-units": "合计里各项的计量单位不同",
    "total-of-own-units": "各行自选计量单位的一列不能合计",
    "unknown-unit": "没有这个计量单位",
    "no-unit": "金额没有计量单位",
    "quotient": "相除的计量单位写错",
    "unit-not-chosen": "计量单位所指的一项不是选计量单位的下拉项",
    "unit-optional": "选计量单位的一项可以不填",
    "unknown-budget": "预算数所指的一列没有",
    "by-no-column": "区分各行的一列没有，或不由人填",
    "nested-twice": "一张表放在另一张表的记录里，那张表又放在第三张表里",
    "nesting-clash": "放在记录里的表与自己的一列同名，或属于自己，或有编码层级",
    "withheld-no-mark": "标明不公开的一列不是勾选，或本表在别的表的行里",
    "gathers-nothing": "汇总所指的一列没有",
    "derived-elsewhere": "gathers、computed 用在了不能用的表或列里",
    "formula-of-derived": "算出来的列不能又写合计公式",
    "computed": "一列的算法算不出来",
    "derived": "一个名称的算法算不出来",
    "weights-not-100": "评分的各部分加起来不是 100",
    "nothing-to-give": "评分没有等级或分档",
    "not-best-first": "等级或分档没有从高到低写",
    "template-outside": "模板指到了方案的文件夹之外",
    "for-syntax": "文件的 for 不合写法",
    "file-name": "文件名里要用的一项印不出来",
    "phrase": "方案自己的短语写错",
    "wording": "措辞写错，或少了一种情形",
    "check": "审核公式写错，或算不出来",
    "not-live": "工作表算不了这个公式",
    "template": "模板里有一处写错",
}
CHECKS_PAGE = """
## 合计

表内的合计、分级小计和横向合计按表的定义核对，编号是合计那一格的名称（表.行）。相差在四舍五入能解释的范围内（每个分项至多半个末位）是尾差，只提示；尾差超过一个末位的请核实。

## 审核公式

{edition}的审核公式（`checks.toml`）。公式里的函数见[公式里的函数](公式函数.md)。

| 编号 | 程度 | 公式 | 不成立时 |
|---|---|---|---|
"""
CHECK_LOOP = "{loop}："
