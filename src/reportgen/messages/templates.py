"""What is wrong with a template."""

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
FOR_SYNTAX = "循环要写成“for 行 in 表名”或“for 行 in 表名 if 条件”，行的名称不能与表名相同"
NAME_OF_LOOPS = "“{name}”是循环里现成的名称（序是第几遍，末是不是最后一遍）。请换一个名称"
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
