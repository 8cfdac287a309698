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
CHECKS_PAGE = """
## 合计

表内的合计、分级小计和横向合计按表的定义核对，编号是合计那一格的名称（表.行）。相差在四舍五入能解释的范围内（每个分项至多半个末位）是尾差，只提示；尾差超过一个末位的请核实。

## 审核公式

{edition}的审核公式（`checks.toml`）。公式里的函数见[公式里的函数](公式函数.md)。

| 编号 | 程度 | 公式 | 不成立时 |
|---|---|---|---|
"""
CHECK_LOOP = "{loop}："
