"""What is wrong with an edition."""

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
    "“{name}”不能作名称：只能用汉字、字母、数字和下划线，不能以数字开头，"
    "也不能是 not、true、none 这类算式里的词。请另写 name"
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
QUOTIENT_ALONE = "写了 quotient 的单位由那两个单位决定，不能再写 dimension 和 factor"
QUOTIENT_IMPROPER = "quotient 要写两个不同类的计量单位，都有 dimension，自己都不是 quotient"
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
PHRASE_NAME_TAKEN = "“{name}”已经是函数或计量单位的名称。请换一个名称"
PARAMETER_TAKEN = "参数“{name}”与方案里的名称相同。请换一个名称"
PHRASE_EMPTY = "短语没有写印什么。请写 text"
PHRASE_CIRCLE = "短语绕了一圈又用到自己：{circle}"
PHRASE_TOO_DEEP = "短语套短语有 {depth} 层，最多 {limit} 层"
PHRASE_TOO_LONG = "短语连同所用的短语有 {count} 个标签，最多 {limit} 个"
PHRASE_ARGUMENTS = "短语“{name}”要写 {wanted} 个参数{parameters}，这里写了 {given} 个"
PHRASE_PARAMETERS = "（{names}）"
PHRASE_STATEMENT = "短语里没有“{word}”这种语句，可用 if、elif、else、endif"
PHRASE_FAULT = "短语“{name}”里：{fault}"
PHRASE_PRINTS_TOO_MUCH = "印出的话太长，最多 {limit} 段文字和数字"
DERIVED_CIRCLE = "这个导出项绕了一圈又引用到自己"

WITHHELD = "{name} 标为不公开，不能引用或打印"
TABLE_UNFILLED, TABLE_INCOMPLETE, LACKING_JOIN = "{table}未填", "{table}未填全", "；"
