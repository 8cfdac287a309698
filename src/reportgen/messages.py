"""Every sentence that a user can meet, in Chinese. Place first, then fault, then remedy; no word of programming."""

PROGRAM = "reportgen"

# -- expressions and numbers -----------------------------------------------------------------------
DID_YOU_MEAN = "，是否指“{name}”？"
EXPRESSION_TOO_LONG = "算式有 {length} 个字符，最多 {limit} 个。请拆成几个导出项（derived）"
EXPRESSION_TOO_DEEP = "算式的括号套得太深。请拆成几个导出项（derived）"
EXPRESSION_SYNTAX = "看不懂“{source}”。请检查括号、引号和“|”是否成对、是否写全"
UNKNOWN_NAME = "没有{kind}“{name}”{hint}"
KIND_NAME, KIND_FUNCTION, KIND_FILTER, KIND_TEST = "名称", "函数", "格式", "判断"
KIND_CODES, KIND_PART, KIND_BAND = "编码表", "计分部分", "档次"
KIND_MEMBER, KIND_WORDING = "数字属性", "用语（wording）"
NO_MEMBER = "{value} 没有“{name}”{hint}"
NO_PRIOR = "{name} 没有上年数：表中没有给它留上年列"
NO_BUDGET = "{name} 没有预算数：表中没有写明它与哪一列（行）比较（budget）"
LITERAL_TOO_LONG = "数字“{text}”的位数太多，最多 15 位"
NOT_A_NUMBER = "“{value}”不是数字，不能参加计算"
NUMBER_AGAINST_TEXT = "数字与文字不能比较：{a} 与 {b}"
TEXT_HAS_NO_ORDER = "文字只能比较是否相同：{a} 与 {b}"
BAD_ARGUMENTS = "{name} 不能这样用：{values}"
ARITHMETIC_IN_TEMPLATE = (
    "模板里不能做加减乘除。请在年度方案里定义导出项（derived），在这里引用它的名称"
)
NOT_IN_LANGUAGE = "算式里不能用{what}"
SYNTAX_NAMES = {
    "Pow": "乘方",
    "Mod": "取余",
    "FloorDiv": "整除",
    "List": "方括号列表",
    "Tuple": "逗号分隔的一组值",
    "Dict": "花括号",
    "Getitem": "方括号取值",
    "Concat": "“~”连接",
    "Call": "这种写法的函数",
    "Slice": "切片",
    "Pos": "单独的正号",
    "Const": "这种常数",
    "Compare": "连写的比较",
    "CondExpr": "没有 else 的 if",
    "Filter": "这种写法的格式",
    "Test": "这种写法的判断",
}
TOTAL_NOT_A_SUM = "合计公式“{source}”只能由名称相加减"
NUMBER_WITHOUT_FORMAT = "{name}：打印数字要写明格式，如 |万元"
UNITS_DIFFER = "计量单位不同，不能相加减或比较：{a} 与 {b}"
PRODUCT_OF_UNITS = "两个带单位的数不能相乘：{a} 与 {b}"
DIVISION_BY_ZERO = "除数为 0：{a} ÷ {b}"
NOT_A_UNIT_OF = "{a} 不能用“{unit}”来打印"
NO_UNIT = "无单位"
NUMBER_TOO_LARGE = "数字过大，或要求的小数位数过多"
SUM_IN_FORMULA = "{first} + … + {last}（{count} 项之和）"
VALUE_MISSING = "{name} 未填{place}"

# -- editions --------------------------------------------------------------------------------------
FILE_MISSING = "缺少这个文件"
FILE_OUTSIDE = "不是方案文件夹里的普通文件（是指向别处的链接、管道、设备，或是名称像文件的文件夹）。请换成文件本身，或删去"
TEMPLATE_OUTSIDE = (
    "“{name}”不是方案文件夹里的模板。要写文件夹里的路径，不带 .docx，如 project/自评表"
)
DOCUMENT_OUTSIDE = "文件名里“/”的两边都要有名称，不能是“..”"
NOT_UTF8 = "文件不是 UTF-8 编码，请用 UTF-8 另存"
TOML_SYNTAX = "TOML 写法有误（{error}）。汉字作键名要加引号，字符串要成对加引号"
TOML_NUMBER_TOO_LONG = "有一个数的位数太多"
TOO_MANY_ENTRIES = "有 {count} 项，最多 {limit} 项"
TEXT_TOO_LONG = "文字有 {length} 个字符，最多 {limit} 个"
TEXT_CONTROL = "文字里有看不见的控制字符，请删去"
NUMBER_BEYOND = "要在 {least} 和 {most} 之间"
FILE_TOO_LARGE = "文件有 {size} KB，最多 {limit} KB"
CODES_NOT_CSV = "有一格太长，不是能读的 CSV"
SHEET_NAME_TOO_LONG = "表名“{name}”有 {length} 个字，Excel 的工作表名最多 {limit} 个。请改短文件名"
TOO_MANY_CELLS = "各表的空白行（spare）合起来有 {count} 格，最多 {limit} 格。请改小"
TOML_TOO_DEEP = "TOML 的括号套得太深"
LINE_COLUMN, FILE_END = "第 {line} 行第 {column} 列", "文件末尾"
KEY_UNKNOWN = "没有这个键{hint}"
KEY_MISSING = "缺少这个键"
KEY_CHOICE = "不能是 {value}，可用：{known}"
KEY_TYPE = "值的类型不对，应为{wanted}"
KEY_TYPES = {
    "str": "加引号的文字",
    "int": "整数",
    "float": "数",
    "Decimal": "数",
    "bool": " true 或 false",
}
KEY_LIST, KEY_SO_MANY = "方括号里的一列{each}", "方括号里的 {count} 个{each}"
KEY_TABLE, KEY_TABLE_OF, KEY_OR = "花括号里的各键", "各有名称的{each}", "或"
NAME_TWICE = "“{name}”出现了两次，名称在一张表内（表名、导出项、审核编号在整个方案内）不能重复"
NOT_AN_IDENTIFIER = (
    "“{name}”不能作名称：只能用汉字、字母、数字和下划线，不能以数字开头。请另写 name"
)
TREE_WITHOUT_CODE = "设了编码层级（tree）的表，第一列的 kind 应为 code"
CHOICE_WITHOUT_CHOICES = "kind 为 choice 时要写 choices"
LABEL_COLUMN_MISSING = "有固定行（rows）的表要有一列 kind 为 label"
KEY_IS_A_NUMBER = "逐行填写的表按第一列找行，第一列不能是数字。请把它的 kind 改为 text 或 code"
UNIT_NOT_CHOSEN = "“={name}”要指向一张表单里 kind 为 choice 的一项，它的 choices 都是计量单位"
UNIT_OPTIONAL = "“={name}”指向的一项决定计量单位，不能不填。请给它写 required = true"
TOTAL_OF_OWN_UNITS = (
    "各行的计量单位不同，不能有合计（total）或小计（tree）。请把它的 kind 改为 number"
)
ACROSS_BESIDE = "横排的表没有旁边的列，不能写 prior 或 outside"
ACROSS_GAP = "横排的表不能有空行"
MONEY_WITHOUT_UNIT = "金额要有计量单位。请给本表或这一项写 unit"
CODES_WITHOUT_NAME = "《{list}》里没有“{name}”这一列，不能核对名称"
CODE_TWICE = "编码 {code} 出现了两次"
LEVELS_DIFFER = "层级名（{levels}）要与 tree（{tree}）一样多"
ROW_CODE = "编码 {code} 的位数不在 tree（{tree}）里"
WHEN_NOT_A_CHOICE = "“{name}”要指向一张表单里 kind 为 choice 的一项，值要在它的 choices 里"
TOTAL_OF_NO_NUMBER = "合计里的 {part} 不是数字"
TOTAL_CIRCLE = "这个合计绕了一圈又加到自己"
CHECK_MESSAGE = "message：只能用 {{left}} {{right}} {{found}} {{expected}} {{gap}}，现有“{name}”"
UNIT_UNKNOWN = "没有计量单位“{unit}”{hint}"
EDITION_NOT_FOUND = "找不到年度方案“{name}”。已找过：{places}。请把方案文件夹放到其中一处，或用 --edition 指明文件夹"

GATHERS_NOTHING = (
    "{name} 要写成“表.列”：表在本表的行里面（第一列是指向本表的 ref），列是那张表里要人填的数"
)
MADE_ELSEWHERE = (
    "gathers 和 computed 只能用在逐行填写的表里，不能与 formula、prior 同用，也不能用在粘贴来的表里"
)
FORMULA_OF_MADE = "不能加减由程序算出的列（gathers、computed）；请改写 computed"
BY_NO_COLUMN = "“{name}”要是本表要人填的一列，而且本表的第一列是 ref"
WITHHELD_NO_MARK = "“{name}”要是本表 kind 为 mark 的一列，本表自己不在别的表的行里"
NESTING_CLASH = (
    "“{name}”已经是所属那一行的名称：本表的列不能叫这个名，不能属于自己，也不能有编码层级（tree）"
)
NESTED_TWICE = "“{name}”的行自己也属于另一张表：行里的行只能有一层"
WEIGHTS_NOT_100 = "各部分分值合计应为 100，现为 {sum}"
SCORING_EMPTY = "等次（grades）和档次（bands）各要有一个以上"
NOT_BEST_FIRST = "要从高到低排"
DERIVED_CIRCLE = "这个导出项绕了一圈又引用到自己"

WITHHELD = "{name} 标为不公开，不能引用或打印"
TABLE_UNFILLED, TABLE_INCOMPLETE, LACKING_JOIN = "{table}未填", "{table}未填全", "；"

# -- checks as formulas ----------------------------------------------------------------------------
CHECK_ELSE_TRUE = "带条件的审核公式要写成“甲 == 乙 if 条件 else true”"
CHECK_NOT_A_COMPARISON = "审核公式应是一个比较（== != <= >= < >）；带条件时请给比较加括号"
NOT_LIVE = "{what} 不能翻译成 Excel 公式，审核公式里不能用"
NOT_LINEAR = "审核公式里，乘除只能对常数做，或放在 round(…, 位数) 里"
FORMULA_TOO_LONG = "翻译成的 Excel 公式有 {length} 个字符，最多 {limit} 个。请拆成几条审核"
UNITS_IN_CHECK = "一条审核里的各项要用同一计量单位，现有：{units}"
UNIT_PLACES_DIFFER = "{name}：可选的各计量单位小数位数要相同"

# -- the reference of functions: what it gives, what it takes, units, an example -------------------
FUNCTIONS = {
    "sum": (
        "各数之和；列代表其中各数",
        "数或列，一个以上",
        "各数要同一类，结果的单位与它们相同",
        "sum(表.甲, -表.乙) == 0",
    ),
    "min": (
        "最小的数",
        "数或列，一个以上",
        "各数要同一类，结果的单位与它们相同；审核里放在 round 里面",
        "round(min(表.甲, 表.乙), 2) >= 0",
    ),
    "max": (
        "最大的数",
        "数或列，一个以上",
        "各数要同一类，结果的单位与它们相同；审核里放在 round 里面",
        "round(max(表.甲, 表.乙), 2) >= 0",
    ),
    "abs": (
        "绝对值",
        "一个数",
        "与这个数相同；审核里放在 round 里面",
        "round(abs(表.甲 - 表.乙), 2) == 0",
    ),
    "round": (
        "四舍五入到几位小数",
        "数，小数位数（0 至 15）",
        "按这个数自己的单位取位",
        "round(表.甲 / 表.乙, 4) <= 0.3",
    ),
    "计数": (
        "一列里填了几格，或是所写的词的有几格",
        "列，词（可以不写）；几列同时符合的再写：列, 词（只在导出项里）",
        "没有单位",
        "计数(表.列, '√') >= 1",
    ),
    "条件和": (
        "一列里，另一列是所写的词的那些行的和",
        "数的列，同一张表的另一列，词",
        "与数的列相同",
        "条件和(表.列, 表.另一列, '甲') <= 表.总计.列",
    ),
    "下级": (
        "编码以所写编码开头的各明细行的和",
        "有编码的表的一列，编码",
        "与这一列相同",
        "表.合计 == 下级(另一表.列, '208')",
    ),
    "含词": (
        "一段文字里有所写的词中的几个；没有填的是 0",
        "文字，词，一个以上",
        "没有单位",
        "含词(表.文字, '甲', '乙') == 0",
    ),
    "已填数": ("所写的几格里填了几格", "格，一个以上", "没有单位", "已填数(表.甲, 表.乙) == 2"),
    "字数": (
        "一段文字的字数，空格和换行不算；没有填的是 0",
        "文字",
        "没有单位",
        "字数(表.文字) > 0",
    ),
    "年份": ("日期的年份", "日期", "年", "年份(表.日期) == 年(2023)"),
    "天数": (
        "从前一个日期到后一个日期的天数；后一个较早的是负数",
        "日期，日期",
        "没有单位",
        "天数(表.甲, 表.乙) <= 20",
    ),
    "缺项": (
        "一行里面的各张表哪些没有填或没有填全，用分号连起来",
        "行里面的表，一个以上",
        "文字",
        "缺项(行.里表)",
    ),
    "执行率": (
        "后一个数除以前一个数",
        "预算数，执行数",
        "两个数要同一类，结果是率：0.95 即 95%",
        "round(执行率(行.甲, 行.乙), 4) <= 1",
    ),
    "执行得分": (
        "执行率得的分，最少 0，最多是这部分的满分",
        "预算数，执行数",
        "分值的单位",
        "执行得分(行.甲, 行.乙) == 行.得分",
    ),
    "指标得分": (
        "一个指标得的分",
        "方向，分值，目标值，完成值，档次，得分率",
        "分值的单位；得分率是百分数",
        "行.得分 == 指标得分(行.向, 行.分, 行.目标, 行.完成, 行.档, 行.率)",
    ),
    "等次": ("得分所在的等次", "得分", "文字", "等次(行.得分)"),
    "满分": ("一个部分的满分", "部分的名称", "分值的单位", "sum(行.里表.分) == 满分('甲')"),
}
FUNCTION_UNIT = ("计量单位的名称", "这个单位的一个数", "数", "这个单位", "表.率 >= 百分比(95)")
FUNCTION_LEVEL = (
    "行.层级",
    "有编码的表里这一行是第几级：合计行是 0，最高一级是 1",
    "",
    "没有单位；审核里只能写 > 0",
    "行.层级 > 0",
)
FUNCTIONS_PAGE = """# 公式里的函数

导出项（derived）、审核公式（checks.toml）、由程序算出的列（computed）和文字里的【】都可以用这些函数。“能进审核”是指能翻译成工作表里的公式；不能的写在审核里会被指出来。

数按单位比较：百分比列里的 95 就是 0.95，`表.率 <= 1`、`表.率 <= 百分比(100)` 是一回事；没有单位的数不能与金额、人数等比较，要写 `万元(5)`、`人(10)`，0 除外。一条审核里相加减、比较的各格要用同一计量单位。

| 函数 | 得到 | 参数 | 单位 | 能进审核 | 例 |
|---|---|---|---|---|---|
"""
FUNCTIONS_ROW = "| {name} | {gives} | {takes} | {unit} | {live} | `{example}` |\n"
FUNCTION_LIVE, FUNCTION_COLUMN, FUNCTION_NOT_LIVE = "能", "只在算出的列里", "不能"

# -- the reference page of commands ----------------------------------------------------------------
COMMANDS_PAGE = """# 命令

每个命令都能加 `--help` 看说明。退出码：0 没有要改的；1 有“必须改”的；2 文件或参数不能用。
"""

# -- the reference page of findings ----------------------------------------------------------------
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

# -- the reference page of the keys of an edition --------------------------------------------------
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
        "每个计量单位的键。同一基本单位的数可以相加减和比较。单位的名称也是格式（`|万元`）和函数（`万元(5)`）。",
        {
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

# -- findings of checks ----------------------------------------------------------------------------
RELATIONS = {
    "eq": "{left} {found}，应等于 {right} {expected}，差 {gap}。",
    "ne": "{left} {found}，不应等于 {right} {expected}。",
    "lteq": "{left} {found}，不应大于 {right} {expected}，超出 {gap}。",
    "lt": "{left} {found}，应小于 {right} {expected}。",
    "gteq": "{left} {found}，不应小于 {right} {expected}，少 {gap}。",
    "gt": "{left} {found}，应大于 {right} {expected}。",
}
ROUNDING = "{left} {found}，与 {right} {expected} 相差 {gap}，四舍五入可以解释（尾差）。"
REMEDY_ROUNDING = "以表中数字为准，无需改动。"
REMEDY_TOTAL = "请核对合计数和各分项，或清空合计单元格由程序计算。"
REMEDY_CELLS = "请核对 {cells}。"
SUM_OF_CELLS = "{first} 至 {last} 共 {count} 项之和"

# -- reading a workbook ----------------------------------------------------------------------------
FILE_UNREADABLE = "打不开文件 {file}：{reason}"
FILE_REASONS = {  # by the name of the error number
    "ENOENT": "没有这个文件，请检查文件名和所在文件夹",
    "EEXIST": "要用的文件夹与一个文件同名",
    "ENOTDIR": "要用的文件夹与一个文件同名",
    "EISDIR": "这是文件夹，请指明其中的文件",
    "ENOTEMPTY": "要用的文件名与一个文件夹同名",
    "EACCES": "没有权限，或正被别的程序打开",
    "EPERM": "没有权限，或正被别的程序打开",
    "EBUSY": "正被别的程序打开",
    "ETXTBSY": "正被别的程序打开",
    "EROFS": "这个磁盘只能读，不能写",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件超过了允许的大小",
    "ENAMETOOLONG": "文件名太长",
    "EILSEQ": "文件名里有这个磁盘不认的字符",
    "EINVAL": "文件名里有这个磁盘不认的字符",
    "ELOOP": "链接绕了一圈又指向自己",
    "ENODEV": "这不是普通文件",
    "ENXIO": "这不是普通文件",
    "EIO": "磁盘读写出错",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不够",
    "ESTALE": "网络磁盘断开了",
    "ETIMEDOUT": "网络磁盘没有回应",
    "EHOSTDOWN": "网络磁盘没有回应",
}
FILE_REASON_OTHER = "系统不允许（错误号 {number}）"
NOT_XLSX_NAME = "{file} 的扩展名要是 .xlsx"
NOT_DOCX_NAME = "{file} 的扩展名要是 .docx"
FOREIGN = "{file} {kind}"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx（Excel 工作簿）再试"
IS_WORD = "是 Word 文件。请指明填好的工作簿（.xlsx）"
IS_OLD_WORD = "是旧格式的 Word 文件（.doc）。请指明填好的工作簿（.xlsx）"
IS_SLIDES = "是演示文稿。请指明填好的工作簿（.xlsx）"
IS_PDF = "是 PDF 文件。请指明填好的工作簿（.xlsx）"
IS_RTF = "是 RTF 文件。请指明填好的工作簿（.xlsx）"
IS_PICTURE = "是图片。请指明填好的工作簿（.xlsx）"
IS_ARCHIVE = "是压缩包。请先解压，再指明里面填好的工作簿（.xlsx）"
IS_EMPTY = "是空文件，可能没有下载或保存完整。请重新保存一份再试"
IS_LOCKED = "加了密码。请用 Excel 或 WPS 打开，去掉打开密码，另存为 .xlsx 再试"
IS_OLD_SHEET = f"是旧格式的表格（.xls、.et）。{_SAVE_AS}"
IS_OLD = f"是旧格式的文件（.xls、.et、.doc 等）。{_SAVE_AS}"
IS_XLSB = f"是二进制工作簿（.xlsb）。{_SAVE_AS}"
IS_ODF = f"是 OpenDocument 文件（.ods 等）。{_SAVE_AS}"
IS_NUMBERS = f"是 Numbers 表格。{_SAVE_AS}"
IS_XML_SHEET = f"是 XML 表格（XML Spreadsheet 2003）。{_SAVE_AS}"
IS_XML = f"是 XML 文件，不是工作簿。{_SAVE_AS}"
IS_HTML = f"是网页（HTML），只是用了表格的扩展名。{_SAVE_AS}"
IS_TEXT = f"是文本文件（CSV 或其他）。{_SAVE_AS}"
STRICT_WORKBOOK = f"{{file}} 是“Strict Open XML”工作簿。{_SAVE_AS}，不要选 Strict"
SHEET_TOO_FULL = (
    "{file} 的【{sheet}】有格式的单元格超过 {limit} 个，已拒绝打开。请删去多余的行、列和格式后另存"
)
FILE_OLD_OR_LOCKED = "{file} 是旧格式（.xls、.et、.doc）或加了密码的文件。请去掉密码，另存为 .xlsx（模板另存为 .docx）后再试"
FILE_NOT_PACKAGE = "{file} 不是完好的 .xlsx/.docx 文件，可能没有下载或保存完整。请用 Excel、Word 或 WPS 打开后另存一份再试"
FILE_NOT_WRITTEN = "写不了文件 {file}：{reason}。请关闭正打开它的程序，或换一个目录"
PACKAGE_TOO_MANY = "{file} 里有 {count} 个部件，最多 {limit} 个，已拒绝打开"
PACKAGE_DUPLICATE = "{file} 里部件 {part} 出现了两次，文件可能被改动过，已拒绝打开"
PACKAGE_TOO_LARGE = (
    "{file} 解压后太大（{part} 超过 {limit} MB），已拒绝打开。请删去多余的格式和空行后另存"
)
PACKAGE_DOCTYPE = "{file} 的 {part} 含有外部定义（DOCTYPE），已拒绝打开"
PACKAGE_BOMB = "{file} 的 {part} 压缩比超过 {ratio} 倍，可能是恶意文件，已拒绝打开"
WORKBOOK_BROKEN = "{file} 不是能读的工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再试"
NO_EDITION_IN_WORKBOOK = "{file} 里没有写明年度方案（“{sheet}”表的“{label}”）。请用 reportgen new 生成的工作簿填报，或用 --edition 指明方案"
SHEET_MISSING = "缺少这张工作表。"
SHEETS_PRESENT = "请从空白工作簿补上，表名要一致。现有：{names}{more}。"
SHEETS_MORE = "等 {count} 张"
HEADING_MISSING = "找不到列标题“{heading}”。"
REMEDY_HEADING = "请恢复标题行里的“{heading}”。"
HEADINGS_MISSING = "找不到 {count} 个列标题：{headings}。"
REMEDY_HEADINGS = "请恢复标题行；从别处整表粘贴的，只粘贴数据，不要盖住标题。"
ROW_MISSING = "找不到“{label}”这一行{here}。"
ROW_IS_OTHER = "（这里现为“{text}”）"
REMEDY_ROW = "请恢复这一行的名称。"
ERROR_VALUE = "{label} 是错误值 {value}。"
REMEDY_ERROR_VALUE = "请改填数字或文字，或修正公式。"
NOT_A_NUMBER_CELL = "{label} 应填数字，现为“{value}”。"
NOT_A_YEAR = "{label} 应填四位年份，现为“{value}”。"
REMEDY_YEAR = "请按 2022 的样子填写。"
REMEDY_TOO_LARGE = "请核对是否多输了几位。"
REMEDY_NUMBER = "请只填数字；没有发生额的填 0 或留空。"
TEXT_NUMBER_NOTE = "{label} 的数字存成了文本，已按数字读取，但 Excel 合计会漏掉它。"
REMEDY_TEXT_NUMBER = "请把单元格改为数字格式后重新输入。"
DASH_NOTE = "{label} 填的是“{value}”，按没有数字读取。"
REMEDY_DASH = "没有数字的，空着就行。"
# the same note about many cells of a sheet, told once
MANY_NOTES = {
    "text-number": "{cells} 等 {count} 格的数字存成了文本，已按数字读取，但 Excel 合计会漏掉它们。",
    "dash": "{cells} 等 {count} 格填的是“-”一类的横线，按没有数字读取。",
}
REMEDIES_MANY = {
    "text-number": "请选中这些单元格，用“转换为数字”（或“分列”）改成数字。",
    "dash": REMEDY_DASH,
}
TO_THE_RIGHT, TO_THE_LEFT = "右", "左"
SHIFTED = "这张表的内容与标题错开了：“{heading}”的标题在 {own} 列，内容在 {seen} 列，向{side}错开了 {count} 列，整张表没有读取。"
REMEDY_SHIFTED = "请把内容移到各自的标题下面；编码分成几列的，先合成一列（如 2080101）。"
TOO_LARGE = "{label} 的数字过大。"
NOT_A_DATE = "{label} 应填日期，现为“{value}”。"
KEY_MERGED = "{label} 与下面的格合并到了 {last}，下面 {count} 行没有自己的{label}，没有读取。"
REMEDY_KEY_MERGED = "请取消合并，每行都填上。"
TOTAL_TWICE = "这一行又是“{label}”，第 {row} 行已经是了，这一行没有读取。"
REMEDY_TOTAL_TWICE = "请只留一行合计。"
FOOT_MISSING = "灰色的提示行被盖住了，表内的公式只算到第 {last} 行，从这一行起的 {count} 行程序读到了，表里没有算进去。"
REMEDY_FOOT_MISSING = "请从空白工作簿重新粘贴：先在提示行之上插入足够的行，再贴数据。"
OUTSIDE = "这一行写在填报的各行之外，没有读取。"
REMEDY_OUTSIDE = "请移到合计行与“需要更多行时”那一行之间；需要更多行时，在那一行之上插入。"
UNREAD = "填了内容，没有读取：不在填报的行和列里，或同一名称的行、列有两个。"
REMEDY_UNREAD = "是数据的，请移到相应的单元格；只是备注的，不用改。"
UNREAD_CELLS = "和 {cells} 等共 {count} 格"
SHEET_COPY = "这张工作表像是【{original}】的副本，没有读取。"
REMEDY_SHEET_COPY = "数据请填在原来的表里，然后删去副本。"
NOT_A_COUNT = "{label} 应填不小于 0 的整数，现为“{value}”。"
NOT_WHOLE = "{label} 的计量单位是{unit}，应填整数，现为“{value}”。"
REMEDY_COUNT = "请核对数字；用“万”计的，请改选计量单位。"
PERCENT_OF = "{label} 的计量单位是{unit}，填的却是百分数“{value}”。"
REMEDY_PERCENT_OF = "请核对数字和计量单位。"
FRACTION = "{label} 按百分比填，现为“{value}”，即百分之{value}。"
REMEDY_FRACTION = "95% 请填 95 或 95%；确是百分之{value}的不用改。"
REMEDY_DATE = "请按 2023-09-15 的样子填写。"
NOT_A_CHOICE = "{label} 不能填“{value}”。"
REMEDY_CHOICE = "请从下拉列表选择：{choices}。"
NOT_A_MARK = "{label} 应填 √ 或留空，现为“{value}”。"
REMEDY_MARK = "请从下拉列表选择 √。"
FORMULA_UNCALCULATED = "{name} 是公式，但没有计算结果。"
REMEDY_FORMULA = "请用 Excel 或 WPS 打开、保存一次，或直接填数字。"
TOTAL_TYPED = "{name} 由程序计算，这里填的数不会采用。"
REMEDY_TOTAL_TYPED = "请清空这个单元格。"
COMPUTED_CELL = "{name} 由程序计算，不能写入"
CELL_CONTROL = "{place} 的文字里有看不见的控制字符，不能写入"
NAME_CONTROL = "--name 里有看不见的控制字符，不能写入"
NAME_TOO_LONG = "--name 有 {length} 个字符，最多 {limit} 个"
NO_TEMPORARY = "写不了临时文件：磁盘或存放临时文件的磁盘已满。请腾出空间后再试"
NO_ROOM = "【{table}】表要写 {count} 行，只留了 {room} 行。请在年度方案里把它的 spare 加大，重新生成工作簿"
TABLE_EMPTY = "《{title}》全部未填。"
REMEDY_TABLE_EMPTY = "请填列本表；确无数据的，至少在一处填 0。"
PRIOR_EMPTY = "《{title}》的上年数全部未填。"
REMEDY_PRIOR_EMPTY = "请填列上年数；上年确无数据的，至少在一处填 0。"
REQUIRED = "{label} 未填。"
REMEDY_REQUIRED = "请填写。"
NO_RECORDS = "《{title}》一行都没有填。"
REMEDY_NO_RECORDS = "请至少填写一行。"
KEY_CELL_MISSING = "这一行没有填“{label}”。"
REMEDY_KEY = "请补填，或清空整行。"
REFERENCE_UNKNOWN = "【{table}】表里没有“{key}”{hint}。"
REMEDY_REFERENCE = "请从下拉列表里选，或先在【{table}】表里填上它。"
UNIT_CELL_MISSING = "“{label}”填了数，本行却没有选计量单位。"
REMEDY_UNIT_CELL = "请在本行选计量单位。"
KEY_CELL_TWICE = "“{key}”出现了两次。"
KEY_CELL_ALIKE = "“{key}”与 {place} 的“{twin}”只有全角、半角的差别，会当成同一个。"
KEY_TOO_LONG = "编号有 {length} 个字符，最多 {limit} 个。"
KEY_CONTROL = "编号里有看不见的控制字符（如换行、制表符）。"
REMEDY_KEY_TEXT = "请改成一个简短的、与别的都不同的编号。"
REMEDY_TWICE = "请合并为一行，或更正其中一行。"
CODE_LENGTH = "编码“{code}”不对。"
REMEDY_CODE = "编码应为 {lengths} 位数字。"
CODE_UNKNOWN = "编码 {code} 不在《{list}》里。"
REMEDY_CODE_UNKNOWN = "请核对编码；确为新增科目的可以不改。"
CODE_NAME = "编码 {code} 的名称是“{listed}”，这里写的是“{text}”。"
REMEDY_CODE_NAME = "请核对编码和名称。"
PRIOR_HEADING = "（上年数）"

# -- prose -----------------------------------------------------------------------------------------
PROSE_FAULT = "文字里的引用有误：{fault}"
REMEDY_CITED = "；请先填写所引用的单元格。"
REMEDY_PROSE = "；请改正【】里的名称；不是引用的，请换用其他括号。"
PROSE_CITES_PROSE = "“{source}”是一段文字，不能引用到另一段文字里"
FORMAT_NEEDS_NUMBER = "|{format} 只能用于数字，“{value}”不是"
FORMAT_NEEDS_DATE = "|日期 只能用于日期，“{value}”不是"
NOT_PRINTABLE = "“{value}”是一张表或一行，不能直接打印"
CASE_WITHOUT_WORDING = (
    "用语“{phrase}”没有写“{case}”的情形。请在 edition.toml 的 [wording.{phrase}] 补上"
)
CASE_HAS_NO_RATE = "用语“{phrase}”的情形“{case}”里没有“{name}”可用"
NO_REASON = "“{column}”没有任何一条原因打 √"
NO_LINE = "“{column}”没有可以列出的文字"
NO_ITEM = "{columns} 都是 0，没有可以列出的"
NO_SUCH_ORDINAL = "没有第 {level} 级序号，可用 0 至 {last}"
SPECIMEN_TEXT = "样例文字"
SAMPLE_TEXT, SAMPLE_KEY = "〔{label}〕", "示例{n}"
CASE_RISE, CASE_FALL, CASE_UNCHANGED = (
    "比上年增加、低于预算",
    "比上年减少、高于预算",
    "与上年、预算持平",
)
CASE_NO_PRIOR, CASE_NO_BUDGET, CASE_EMPTY, CASE_LARGE = (
    "没有上年数",
    "预算为 0",
    "空表",
    "上亿元的数",
)
PREVIEW_CASE, PREVIEW_SAME = "情形{n}：{case}", "情形{n}：{case}（与“{same}”相同）"
PREVIEW = "预览"

# -- templates -------------------------------------------------------------------------------------
TEMPLATE_FAULT = "{file}{place}：{message}{text}"
TEMPLATE_TEXT = "｜段落原文：{text}"
PLACE_CELL = "表{table}第{row}行第{cell}格"
PLACE_PARAGRAPH = "{part}第{n}段"
PLACE_BOX = "文本框{n}"
PART_BODY = "正文"
PARTS = {
    "header": "页眉{n}",
    "footer": "页脚{n}",
    "comments": "批注",
    "footnotes": "脚注",
    "endnotes": "尾注",
}
PLACE_PROPERTY = "文档属性“{name}”"
PROPERTIES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "keywords": "标记",
    "description": "备注",
    "category": "类别",
    "Company": "单位",
    "Manager": "经理",
}
PLACE_WHOLE = "整篇"
NOT_A_DOCX = "{file} 不是能读的 Word 模板。请用 Word 或 WPS 打开后另存为 .docx"
PART_BROKEN = "部件 {part} 已损坏。请用 Word 或 WPS 打开后另存一份"
PART_UNTYPED = "部件 {part} 没有写明类型，Word 会说文件已损坏。请用 Word 或 WPS 打开后另存一份"
PART_LOST = "部件 {part} 引用的 {target} 找不到或类型不对，Word 会说文件已损坏。请用 Word 或 WPS 打开后另存一份"
SHOWN_PICTURE = "〔图片〕"
NO_SECTIONS = "这个文件夹里没有章节模板（.docx）"
TAG_UNCLOSED = "标签没有写完整。{{ 与 }}、{% 与 %} 要在同一段里成对，中间不能按回车"
TAG_MENDED = "标签写成了“{old}”，已按“{new}”理解，可以不改"
TAG_IN_ATTRIBUTE = "标签写在了图片说明等看不见的地方，不会被填写。请删去"
ATTACHED_HERE = "章节模板里不能有{what}，它进不到报告里。请删去"
ATTACHED_LOST = "{what}在文件里已经找不到了，可能没有保存完整。请删去后重新插入"
LINK_REFUSED = "超链接只能指向网页（http、https）或邮箱。请改链接，或取消超链接只留文字"
PICTURE_REFUSED = "图片要嵌入在文件里（不能是链接到别处的图片），格式用 PNG、JPEG、GIF、BMP、TIFF、EMF 或 WMF。请重新插入"
NOTE_TAG = "脚注、尾注里的标签不会被填写。请把标签移到正文，或在脚注里直接写文字"
ATTACHED_NOTE, ATTACHED_OTHER = "脚注、尾注", "图片、图表等附带部件"
ATTACHED = {
    "hyperlink": "超链接",
    "blip": "图片",
    "imagedata": "图片",
    "object": "嵌入的对象",
    "OLEObject": "嵌入的对象",
    "altChunk": "嵌入的文件",
    "control": "控件",
    "chart": "图表",
    "relIds": "智能图形（SmartArt）",
    "hlinkClick": "超链接",
    "fill": "图片",
}
TRACKED_CHANGE = "这里有没有处理的修订。请在“审阅”里接受或拒绝全部修订，并关闭修订"
FIELD_FETCHES = "域 {field} 会取用文件以外的内容或运行程序。请删去这个域，需要的文字直接写出来"
TAG_IN_COMMENT = "标签写在批注里，不会被填写。请移到正文，或删去这条批注"
PACKAGE_MACRO = "文件里带有宏或控件（{part}）。请另存为不带宏的 .docx"
PACKAGE_OBJECT = "文件里带有嵌入的对象（{part}）。请删去后另存"
PACKAGE_EXTERNAL = "{part} 引用了文件以外的内容（{target}）。{remedy}"
EXTERNAL_REMEDY = "请删去外部链接"
EXTERNAL_REMEDIES = {"attachedTemplate": "请在“开发工具—文档模板”里改用 Normal 模板后另存"}
SECTION_HAS_NUMBERING = "不能用 Word 的自动编号，拼接后序号会错。请改写 {{ 次(级别) }}"
SECTION_FOREIGN_STYLE = "样式“{style}”不在 base.docx 里。请改用 base.docx 里的样式"
STYLE_REDEFINED = "样式“{style}”在这个文件里改过，印出来照 base.docx 里的。要改样式，请改 base.docx"
STYLES_REPLACED = (
    "{styles}是程序自己加上的样式，已换成 base.docx 里相应的样式（没有相应的就按正文印），可以不改"
)
# styles that programs bring along, as Chinese Word and LibreOffice name them
STYLE_NAMES = {
    "normal": "正文",
    "body text": "正文文本",
    "caption": "题注",
    "default paragraph font": "默认段落字体",
    "emphasis": "强调",
    "endnote reference": "尾注引用",
    "endnote text": "尾注文本",
    "endnote characters": "尾注符号",
    "endnote anchor": "尾注锚点",
    "followedhyperlink": "已访问的超链接",
    "footer": "页脚",
    "footnote reference": "脚注引用",
    "footnote text": "脚注文本",
    "footnote characters": "脚注符号",
    "footnote anchor": "脚注锚点",
    "frame contents": "框架内容",
    "header": "页眉",
    "hyperlink": "超链接",
    "internet link": "超链接",
    "list paragraph": "列表段落",
    "no spacing": "无间隔",
    "normal (web)": "普通(网站)",
    "normal table": "普通表格",
    "page number": "页码",
    "plain text": "纯文本",
    "quote": "引用",
    "strong": "要点",
    "subtitle": "副标题",
    "table contents": "表格内容",
    "table grid": "网格型",
    "table heading": "表格标题行",
    "text body": "正文文本",
    "title": "标题",
    **{f"heading {n}": f"标题 {n}" for n in range(1, 10)},
    **{f"toc {n}": f"目录 {n}" for n in range(1, 10)},
}
SECTION_HEADER = "章节模板的页眉、页脚（“{text}”）不会印出来，各章都用 base.docx 的。请写到 base.docx 里，这里的删去"
SECTION_PAPER = "纸张大小以 base.docx 为准，这里另设的大小没有用上"
FIELD_MOVES = "域 {field} 的值随打开、保存的时间和文件而变。请删去这个域，改用标签或直接写文字"
FIELD_LISTS = "Word 的目录域不会跟着报告变。请删去，改用 {%p for 题 in 目录 %} 逐条列出标题"
BOOKMARK_LOST = "这里引用的书签“{name}”在这个文件里找不到。请删去这个交叉引用（超链接），直接写文字"
BOOKMARK_IN_BLOCK = "被引用的书签“{name}”在循环或条件里，印出来可能有好几处，也可能没有。请移到外面，或删去对它的交叉引用"
INSERT_MARKED = "模板“{name}”里有交叉引用，插在循环或条件里会印好几遍。请移到外面，或删去交叉引用"
TAG_ONE_BRACE = "标签要写两个花括号：{{ 名称 }}"
TAG_WITH_LINE = "{_{ 不是标签的写法，会原样印出来。标签写两个花括号：{{ 名称 }}"
STRAY_KIND = "这个文件夹里的 {kind} 文件不会印进报告。请另存为 .docx，或移到别处"
STRAY_COPY = "像是 {file} 的副本，两份都会印进报告。请删去或移到别处"
TEMPLATE_TAGS_LOST = (
    "{wanted} 个标签里只能识别 {found} 个。整行、整段的标签（{{%tr、{{%p）每行（段）只能有一个"
)
PRINT_OUTSIDE_TEXT = "这个标签占了整行或整段，打印不到文字里。请去掉标签开头的 tr 或 p"
STATEMENT_UNKNOWN = "没有“{word}”这种语句，可用 for、if、elif、else、endif、endfor"
TAG_ACROSS = "这个标签跨在修订、超链接、内容控件或文本框的边上。请删掉后在一处重新输入"
INSERT_UNKNOWN = "没有可以插入的模板“{name}”{hint}。要写年度方案里的文件名，不带 .docx，如 插入('project/自评表')"
INSERT_CIRCLE = "模板“{name}”绕了一圈又插入自己，或者套得太深"
INSERT_PAGE = (
    "插入的模板“{name}”最后一页的方向或分栏与这里不同。请改成一致（横放的一页，前后要各有分节符）"
)
INSERT_ALONE = "插入模板的标签要单独占一段"
INSERT_IN_TABLE = "插入模板的标签要在正文里，不能在表格或文本框里"
MERGE_OUTSIDE = "|纵并 只能用在表格的格里"
TAG_ALONE = "整行、整段的标签（{%tr、{%p）要单独占一行（段），并且里面没有别的表格或文本框"
BLOCK_ACROSS = "{tag} 和它的 {found} 不在同一层（如一个在表内、一个在表外）"
BLOCK_AFTER_ELSE = "else 之后不能再有 {found}，else 后面也不能写条件（请改用 elif）"
BLOCKS_TOO_DEEP = "for 和 if 最多套 {limit} 层"
FOR_SYNTAX = "循环要写成“for 行 in 表名”，行的名称不能与表名相同"
LOOPS_TOO_DEEP = "循环最多套 {limit} 层"
BLOCK_NOT_OPEN = "{tag} 没有对应的开头"
BLOCK_NOT_CLOSED = "{tag} 没有对应的 {wanted}"
BLOCK_CROSSED = "这里是 {found}，但 {tag} 还没有 {wanted}"
ROW_AT = "（循环到第 {n} 行 {name}）"
HEADING_FORLORN = "标题“{heading}”下面没有内容，因为这个循环一行也没有。请填写这张表，或用 {{%p if %}} 让标题在没有内容时不出现"
TABLE_BROKEN = "这里的表格结构已损坏（行、格、段落套错了位置）。请删去这张表重新插入"
TABLE_FORLORN = (
    "表只剩表头，因为这个循环一行也没有。请填写这张表，或用 {%p if %} 让它连同表头不出现"
)
LITERAL_DIRECTION = "“{word}”写死在有增有减的数前面，方向反了就错了。请改用 比上年(…)、比较(…)，或把“{word}”换成 {{{{ ….增减 }}}} 这样的标签"
NOT_ROWS = "in 后面不是表，不能循环"

MARKS_IN_PLACE = "{folder} 是方案自己的文件夹，没有写。请用 --mark 指明另一个文件夹"
MARKS_OUTSIDE = "{file} 会写到 {folder} 以外，没有写。请用 --mark 指明另一个文件夹"
MARKED = "已写好带批注的副本 {file}"
EDITION_CLEAN = "年度方案 {name} 可用，有 {notes} 处提示。"
EDITION_ERRORS = "年度方案 {name} 还有 {errors} 处必须改、{notes} 处提示；改完可用。"
TEMPLATES_CLEAN = "模板没有问题。"
TEMPLATES_ERRORS = "模板还有 {errors} 处必须改、{notes} 处提示；改完可用。"
TEMPLATES_NOTES = "模板可用，有 {notes} 处提示。"

# -- the catalogue of tags -------------------------------------------------------------------------
GROUP_DERIVED, GROUP_PHRASES, GROUP_FORMATS = "导出项", "短语和属性", "格式"
TABLE_LOOP, TABLE_END = (
    "把到 endfor 为止的各段，按《{table}》每行印一遍（表格里整行重复用 {{%tr）",
    "循环到此为止",
)
ROWS = {
    "行": "按印出来的样子逐行，“…”里写每行的内容，如 行.项目；左右两栏的表是 行.栏名.列名",
    "分级": "合计和类、款、项各级逐行，没有填的小计由程序补上",
    "填列": "只有填了的各行，合计行在内",
}
ROWS_OF_BLOCK = "“{block}”这一栏里合计以外的各行"
TABLE_EMPTY_TAG = "整张表没有填的时候才印“…”"
FORMAT_UNIT = "按{unit}打印"
# what the handbook says of the words that it shows, in its order; their records are in wording/
FORMATS = {
    "表": "表格里的数：固定小数位，不带单位",
    "数": "只有数，不带单位",
    "原单位": "按填报时的单位打印",
    "大写": "金额大写",
    "纵并": "写在表格的格里（如 行.类别|纵并）：与上一行说法相同的格并成一格",
}
PHRASES = {
    "比上年": "与上年比：增加多少、增长百分之几；持平、上年为 0 等各有说法",
    "增减": "增加、减少或持平",
    "升降": "增长、下降或持平",
    "比较": "两个数相比，说法同“比上年”",
    "比预算": "与预算比：增加、减少多少",
    "较预算": "大于、小于或等于（预算）",
    "完成率": "占预算的百分比",
    "占比": "前一个数占后一个数的百分比",
    "列举": "打了 √ 的各条原因：一是……；二是……",
    "分列": "一块固定行的各项：名称加金额，为 0 的不印",
    "连写": "一段文字的各行、一列的各个值连成一句：甲、乙",
    "分条": "一段文字的各行印成带序号的各段，粘贴来的序号不会重复；只有一行的不编号",
    "勾选": "选了这一项印 ☑，没有选印 □",
    "插入": "把年度方案里的另一个模板放在这里，单独占一段；序号从头编，写 插入('…', '续') 则接着编",
    "上年": "上年的数",
    "次": "序号：0 为“第一部分”，1 为“一、”，2 为“（一）”，3 为“1.”",
}
HANDBOOK, HANDBOOK_HEADINGS = "标签手册", ("标签", "含义", "单位", "例", "用在")
HANDBOOK_NOTE = (
    "复制“标签”一列，粘贴到章节模板里即可；例子取自{source}。改完运行 reportgen template check。"
)
HANDBOOK_MORE = "{sections}等 {count} 节"
HANDBOOK_SAMPLES = "虚构的数据"

# -- the blank workbook ----------------------------------------------------------------------------
FORM_ITEM, FORM_VALUE = "项目", "填写内容"
BODY_LABEL, UNIT_LABEL = "填报单位：", "计量单位："
INSERT_ABOVE = "↑ 需要更多行时，请在本行之上插入"
SIGNATURES = "填表人：　　　　　　审核人：　　　　　　负责人：　　　　　　日期：　　　　　　"
AUDIT_TITLE = "审核公式"
AUDIT_HELP = (
    "每行一条勾稽关系，随填随算。平衡、符合：相等；尾差：四舍五入造成，可以不改；差、不符：必须查明；"
    "未填、文本数字：先补填或改成数字。"
)
AUDIT_COLUMNS = (
    ("编号", 26),
    ("审核公式", 62),
    ("左边", 14),
    ("右边", 14),
    ("允许尾差", 11),
    ("状态", 11),
    ("结论", 14),
)
INDEX_TITLE = "目录与填报进度"
INDEX_COLUMNS = (("序号", 7), ("工作表", 24), ("表名", 46), ("状态", 14))
STATE_EMPTY, STATE_PARTLY, STATE_DONE, STATE_FAULTY = "未填", "填写中", "已填", "有问题"
STATE_UNASKED = "不需填报"
STATE_EMPTY_ALLOWED = "未填（可空）"
GUIDE_LINES = (
    (
        "怎么填",
        "按“目录”的顺序，逐表填写浅黄色单元格。灰色单元格是合计，由公式计算；从决算软件导出的表可以整表粘贴，连同合计数一起，程序会核对。",
    ),
    (
        "决算表",
        "表内留空视为 0；整张表一个数都没有视为未填。确无数据的，请至少填一个 0。右侧“上年数”列填上年决算。",
    ),
    (
        "其他表",
        "留空就是没有填。带下拉箭头的单元格请从列表中选。率、占比、增减额等都不用填，程序自己算。",
    ),
    (
        "看检查列",
        "每张表右边的“检查”随填随算：平衡、符合可以放心；尾差由四舍五入造成；差、不符请当场查明。全部关系列在“审核”表。",
    ),
    (
        "文字",
        "原因、职责等文字按句子填写；换行就是另起一段。文字里的数可以写成【表名.项目】，程序按表中的数打印，表改了文字跟着变。",
    ),
    (
        "增加行",
        "行不够时，在最后一行灰色提示行之上插入，并把上一行的公式向下填充。不要改动标题行、各行的名称和工作表名。",
    ),
    (
        "填完以后",
        "保存为 .xlsx，运行 reportgen check 工作簿，按提示改到没有“必须改”，再运行 reportgen build 工作簿。",
    ),
)
KEY_INPUT, KEY_TOTAL = "填写", "合计，由公式计算；决算表里可以粘贴覆盖"
NUMBER_WANTED = "请填数字"
COUNT_WANTED_HELP = "这一格填不小于 0 的整数，没有的填 0。"
NUMBER_WANTED_HELP = "这里只能填数字，单位见表头。没有发生额的留空或填 0。"
RULE_IF = "当 {condition} 时：{rule}"
RULE_EACH = "《{table}》每行：{rule}"
RULE_AND, RULE_OR, RULE_NOT = "{a} 且 {b}", "{a} 或 {b}", "不是（{a}）"
RULE_SUM = "{column} 各行之和"
RULE_BELOW = "{column} 下级各行之和"

# -- the option parser: its own words as patterns, and what it refuses -----------------------------
PARSER_WORDS = (
    (r"^Usage: ", "用法："),
    (r"^Options:$", "选项："),
    (r"^Arguments:$", "参数："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"Show this message and exit\.", "显示这段说明"),
    (r"\[required\]", "[必写]"),
    (r"\[default: ([^\]]*)\]", r"[默认：\1]"),
    (r" <(path|str|int|list\[Path\])>", ""),
    (r"\[(\d+)<=x<=(\d+)\]", r"[\1 至 \2]"),
)
ARGUMENT_MISSING = "没有写“{name}”"
ARGUMENT_BAD = "“{name}”不能这样写，应为：{takes}"
ARGUMENT_EXTRA = "多写了：{name}"
NO_OPTION = "没有选项 {name}{hint}"
NO_COMMAND = "没有命令“{name}”{hint}"
OPTION_WITHOUT_VALUE = "选项 {name} 后面要写一个值"
COMMAND_UNCLEAR = "命令的写法不对"
SEE_HELP = "看说明：{command} --help"
INTERRUPTED = "已中断。已经写好的文件都是完整的，重新运行即可"
SYSTEM_REFUSES = "没有做完：{reason}"

# -- commands --------------------------------------------------------------------------------------
DECISION_CLEAN = "没有发现问题，可以生成。"
DECISION_NOTES = "没有必须改的问题，有 {warnings} 处请核实、{notes} 处提示；可以生成。"
DECISION_ERRORS = "还有 {errors} 处必须改、{warnings} 处请核实、{notes} 处提示；改完可生成。"
SEVERITY_HEADINGS = {"error": "必须改", "warning": "请核实", "note": "提示"}
BUILT = "已生成 {file}"
NEW_WRITTEN = "已生成空白工作簿 {file}。请按“填表说明”填写。"
FILE_EXISTS = "{file} 已经存在，没有覆盖。请换一个文件名，或先移走它"
OUTPUT_BUSY = "另一个 reportgen 正在往 {folder} 里写，等了 {seconds} 秒还没有写完。请稍后再试"
OUTPUT_REMOVED = "已删去 {file}：工作簿不再要这份文件（项目删去、改名，或标为不公开）"
OUTPUT_LEFT = "请自行删去 {file}：工作簿不再要这份文件（项目删去、改名，或标为不公开），它在生成以后被人改过，所以没有删"
OUTPUT_EDITED = (
    "{file} 在生成以后被人改过，没有覆盖。要放弃那些改动，请加 --force；要保留，请先移走或改名"
)
FILE_TWICE = (
    "有两份文件要写成同一个名称：{file}。请在年度方案的文件名（document.file）里加上能区分的项"
)
FILE_NUMBERED = "另有一份文件也叫 {file}，这一份写作 {other}。"
REMEDY_FILE_NUMBERED = "要文件名不带序号，请把两行写得不同。"
PROJECT_UNKNOWN = "没有项目“{name}”{hint}（不公开的没有文件）"
PROJECT_TWICE = "有 {count} 个项目叫“{name}”，请写编号：{keys}"
NOT_BUILT = "未生成 {file}：有 {count} 处必须改"
NOT_RENDERED = "未生成 {file}：{fault}"
PRINT_MISSING = "{name} 未填，而 {where}要印出它。"
PRINT_PLACES = "{first}等 {count} 处"
PRINT_FAULT = "{fault}，所以 {where}印不出来。"
REMEDY_PRINT = "请核对这张表。"
REMEDY_FILE_NAME = "。请改短或改正文件名所用的名称。"
RENDER_STOPPED = "没有生成，有 {count} 处填不出来：\n{faults}"
EXPLAIN_NOTHING = "不能说明“{text}”：{hint}\n请写名称（表.项）、算式，或报告里印出的数。"
EXPLAIN_NOT_PRINTED = "报告里没有印出“{text}”这样的数。请照报告里的样子写，如 36.44%"
EXPLAIN_STOPPED = "工作簿还有必须改的问题，报告还没有生成，查不到印出的数。请先运行 reportgen check"
EXPLAIN_PRINTED = "报告里打印“{text}”的地方：{count} 处"
EXPLAIN_BLANK = "未填"
EXPLAIN_TOTAL = "（空，由各分项求和）"
FILE_NAME_FAULT = "文件名“{pattern}”填不出来：{fault}"
FILE_NAME_EMPTY = "文件名“{pattern}”填出来是空的"
EDITED_PARAGRAPH = "  {place}：{text}"
EDITED_EMPTY = "（空）"
EDITED_MORE = "  …等 {count} 处"
EDITED_LOST = "  删去了 {count} 段"
EDITED_NO_TEXT = (
    "  正文各段的文字与生成时相同：只是重新保存过，或改了格式、空格、图片、页眉页脚、批注等"
)
EDITED_UNREADABLE = "  读不出它现在的正文，列不出改了哪里"
