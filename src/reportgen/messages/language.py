"""Expressions and numbers."""

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
QUOTIENT_UNDECLARED = '没有声明“{a}”除以“{b}”的计量单位，算不出 {left} ÷ {right}。要这样相除，请在 edition.toml 的 [units] 加一行："{a}每{b}" = {{ quotient = ["{a}", "{b}"], places = 2, suffix = "{a}/{b}" }}'
PRODUCT_OF_UNITS = "两个带单位的数不能相乘：{a} 与 {b}"
AVERAGE_OF_NONE = "{name} 一个数也没有，算不出平均。请填写，或用 if 让这句话在没有数时不出现"
FIRST_ROWS = "前(表, 几) 里的“几”要是 1 以上的整数，不能是 {value}"
ORDER_OF_TEXT = "只能按数字或日期排序，“{column}”是文字（{value}）"
DIVISION_BY_ZERO = "除数为 0：{a} ÷ {b}"
NOT_A_UNIT_OF = "{a} 不能用“{unit}”来打印"
NO_UNIT = "无单位"
NUMBER_TOO_LARGE = "数字过大，或要求的小数位数过多"
SUM_IN_FORMULA = "{first} + … + {last}（{count} 项之和）"
VALUE_MISSING = "{name} 未填{place}"
