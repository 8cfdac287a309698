"""Checks: as formulas, and what they find."""

CHECK_ELSE_TRUE = "带条件的审核公式要写成“甲 == 乙 if 条件 else true”"
CHECK_NOT_A_COMPARISON = (
    "审核公式应是一个比较（== != <= >= < >），not 只能写在条件里；带条件时请给比较加括号"
)
NOT_LIVE = "{what} 不能翻译成 Excel 公式，审核公式里不能用"
WHOLE_COLUMN = "整列的“{word}”"
NOT_LINEAR = "审核公式里，乘除只能对常数做，或放在 round(…, 位数) 里"
FORMULA_TOO_LONG = "翻译成的 Excel 公式有 {length} 个字符，最多 {limit} 个。请拆成几条审核"
UNITS_IN_CHECK = "一条审核里的各项要用同一计量单位，现有：{units}"
UNIT_PLACES_DIFFER = "{name}：可选的各计量单位小数位数要相同"

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
CELLS_MORE = "{cells}等"
REMEDY_CELLS = "请核对 {cells}。"
SUM_OF_CELLS = "{first} 至 {last} 共 {count} 项之和"
