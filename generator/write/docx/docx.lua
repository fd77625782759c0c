-- The semantic AST of a document → the AST that pandoc's DOCX writer prints as the profile wants.
-- `measure` adds what only type metrics can tell (line breaks, rules' lengths) and serves the PDF as well;
-- `docx` replaces what pandoc's writer has no word for (borderless columns, rules, rows kept whole) by OOXML of ours.

local M = {}
local MM_PER_POINT = 25.4 / 72

local function twips(mm) return string.format('%d', math.floor(mm * 1440 / 25.4 + 0.5)) end
local function escape(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

-- The first class of an element that is a key of `known`.
local function class_in(element, known)
  for _, class in ipairs(element.classes) do
    if known[class] then return class end
  end
end

local function is_text(block) return block.t == 'Para' or block.t == 'Plain' end

-- Measuring ---------------------------------------------------------------------------------------------------------

-- Width in mm of inline text set in a block's face; `advances` holds each character's width in ems.
local function width_of(inlines, block, advances)
  local face = advances[(block.bold and 'bold' or 'regular') .. (block.italic and '-italic' or '')]
  local ems = 0
  for _, code in utf8.codes(pandoc.utils.stringify(inlines)) do ems = ems + (face[utf8.char(code)] or 0) end
  return ems * block.size * MM_PER_POINT
end

local function split(inlines, kinds)
  local parts = { pandoc.Inlines {} }
  for _, inline in ipairs(inlines) do
    if kinds[inline.t] then parts[#parts + 1] = pandoc.Inlines {} else parts[#parts]:insert(inline) end
  end
  return parts
end

-- How many words go on each line when a title fills as few lines as it must, of lengths as even as can be; a line that
-- ends at a mark of punctuation is preferred. Returns a list of counts.
local function even_lines(words, widths, space, limit)
  local count, filled = 1, -space
  for _, width in ipairs(widths) do
    filled = filled + space + width
    if filled > limit then count, filled = count + 1, width end
  end
  local total = -space
  for _, width in ipairs(widths) do total = total + width + space end
  local target = total / count
  local best = { [0] = { [0] = { cost = 0 } } }
  for line = 1, count do
    best[line] = {}
    for last = line, #words do
      local width = -space
      for first = last, 1, -1 do
        width = width + space + widths[first]
        if width > limit and first < last then break end
        local before = best[line - 1][first - 1]
        if before then
          local stop = last == #words or words[last]:find('[,;:.”)]$')
          local cost = before.cost + ((width - target) / target) ^ 2 + (stop and 0 or 0.15)
          if not best[line][last] or cost < best[line][last].cost then
            best[line][last] = { cost = cost, words = last - first + 1, before = before }
          end
        end
      end
    end
  end
  local counts, node = {}, best[count][#words]
  while node and node.words do
    table.insert(counts, 1, node.words)
    node = node.before
  end
  return counts
end

local function balanced_line(inlines, block, advances, limit)
  local parts = split(inlines, { Space = true, SoftBreak = true })
  local words, widths = {}, {}
  for i, part in ipairs(parts) do
    words[i], widths[i] = pandoc.utils.stringify(part), width_of(part, block, advances)
  end
  local counts = even_lines(words, widths, width_of({ pandoc.Space() }, block, advances), limit)
  local result, used, line = pandoc.Inlines {}, 0, 1
  for i, part in ipairs(parts) do
    result:extend(part)
    used = used + 1
    if i < #parts then
      local full = used == counts[line]
      result:insert(full and pandoc.LineBreak() or pandoc.Space())
      if full then used, line = 0, line + 1 end
    end
  end
  return result
end

-- Each line as given, broken further where it is too long.
local function balanced(inlines, block, advances, limit)
  local result = pandoc.Inlines {}
  for i, line in ipairs(split(inlines, { LineBreak = true })) do
    if i > 1 then result:insert(pandoc.LineBreak()) end
    result:extend(balanced_line(line, block, advances, limit))
  end
  return result
end

-- A rule's length: within the profile's share of every line if one length can be, else the least share of the longest.
local function rule_length(inlines, block, advances)
  local shortest, longest = math.huge, 0
  for _, line in ipairs(split(inlines, { LineBreak = true })) do
    local width = width_of(line, block, advances)
    shortest, longest = math.min(shortest, width), math.max(longest, width)
  end
  local low, high = longest * block.rule.share[1], shortest * block.rule.share[2]
  return low <= high and (low + high) / 2 or low
end

local function measured(blocks, job, width)
  return blocks:map(function(block)
    if block.t ~= 'Div' then return block end
    local columns, kind = class_in(block, job.profile.columns), class_in(block, job.profile.blocks)
    local look = kind and job.profile.blocks[kind]
    if columns then
      local shares = job.profile.columns[columns].shares
      for i, cell in ipairs(block.content) do
        cell.content = measured(cell.content, job, width * shares[(i - 1) % #shares + 1])
      end
    elseif look and #block.content == 1 and is_text(block.content[1]) then
      local text = block.content[1].content
      if look.balance then text = balanced(text, look, job.advances, width) end
      block.content[1].content = text
      if look.rule then block.attributes.rule = string.format('%.2f', rule_length(text, look, job.advances)) end
    else
      block.content = measured(block.content, job, width)
    end
    return block
  end)
end

-- DOCX --------------------------------------------------------------------------------------------------------------

-- What is being written: blocks, with OOXML of ours gathered into as few raw ones as can be (each costs a crossing
-- into pandoc).
local Page = {}
Page.__index = Page

local function new_page(job) return setmetatable({ job = job, blocks = {}, pending = {}, looks = {} }, Page) end

function Page:raw(text) table.insert(self.pending, text) end

function Page:flush()
  if #self.pending > 0 then table.insert(self.blocks, pandoc.RawBlock('openxml', table.concat(self.pending))) end
  self.pending = {}
end

-- A paragraph whose own mark is inserted or deleted says so in an element that `with_changes` puts where Word wants it.
local MARKS = { ['paragraph-insertion'] = 'ins', ['paragraph-deletion'] = 'del' }
local function marked(inlines)
  return inlines:map(function(inline)
    local class = inline.t == 'Span' and class_in(inline, MARKS)
    if not class then return inline end
    return pandoc.RawInline('openxml', '<w:proofErr w:type="' .. MARKS[class] .. '" w:author="' ..
      escape(inline.attributes.author) .. '" w:date="' .. escape(inline.attributes.date) .. '"/>')
  end)
end

function Page:paragraph(block, kind)
  self:flush()
  block.content = marked(block.content)
  self.looks[kind] = self.looks[kind] or pandoc.Attr('', {}, { ['custom-style'] = self.job.profile.blocks[kind].style })
  table.insert(self.blocks, pandoc.Div({ block.t == 'Para' and block or pandoc.Para(block.content) }, self.looks[kind]))
end

function Page:rule(kind, length, width)
  local side = twips((width - length) / 2)
  self:raw('<w:p><w:pPr><w:pStyle w:val="rule-' .. kind .. '"/><w:ind w:left="' .. side .. '" w:right="' .. side ..
    '"/></w:pPr></w:p>')
end

function Page:table_start(style, shares, width, label)
  local grid = {}
  for i, share in ipairs(shares) do grid[i] = '<w:gridCol w:w="' .. twips(width * share) .. '"/>' end
  self:raw('<w:tbl><w:tblPr><w:tblStyle w:val="' .. style .. '"/><w:tblW w:w="' .. twips(width) ..
    '" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" ' ..
    'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>' ..
    (label and '<w:tblCaption w:val="' .. escape(label) .. '"/>' or '') .. '</w:tblPr><w:tblGrid>' ..
    table.concat(grid) .. '</w:tblGrid>')
end

-- A paragraph as high as nothing after a table: Word wants one at the end, and joins tables that touch.
function Page:table_end() self:raw('</w:tbl><w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p>') end

function Page:cell(blocks, kind, width, span, align)
  self:raw('<w:tc><w:tcPr><w:tcW w:w="' .. twips(width) .. '" w:type="dxa"/>' ..
    (span > 1 and '<w:gridSpan w:val="' .. span .. '"/>' or '') .. '<w:vAlign w:val="' .. align .. '"/></w:tcPr>')
  local empty = not self:render(blocks, kind, width)
  if empty then self:raw('<w:p><w:pPr><w:pStyle w:val="' .. kind .. '"/></w:pPr></w:p>') end
  self:raw('</w:tc>')
end

-- Blocks side by side: a table without borders, every row whole.
function Page:columns(parts, name, width)
  local shares = self.job.profile.columns[name].shares
  self:table_start('Columns', shares, width)
  for i, part in ipairs(parts) do
    local column = (i - 1) % #shares + 1
    if column == 1 then self:raw('<w:tr><w:trPr><w:cantSplit/></w:trPr>') end
    self:cell(part.content, 'body', width * shares[column], 1, 'top')
    if column == #shares then self:raw('</w:tr>') end
  end
  self:table_end()
end

-- A row that was inserted or deleted, as Word tracks it.
local tracked = 0
local TRACKED = { insertion = 'ins', deletion = 'del' }
local function row_mark(row)
  local class = class_in(row, TRACKED)
  if not class then return '' end
  tracked = tracked + 1
  return '<w:' .. TRACKED[class] .. ' w:id="' .. 500000 + tracked .. '" w:author="' .. escape(row.attributes.author) ..
    '" w:date="' .. escape(row.attributes.date) .. '"/>'
end

function Page:row(row, kind, shares, width)
  local heading = kind == 'table-head'
  self:raw('<w:tr><w:trPr><w:cantSplit/>' .. (heading and '<w:tblHeader/>' or '') .. row_mark(row) .. '</w:trPr>')
  local column = 1
  for _, cell in ipairs(row.cells) do
    local span, mm = cell.col_span, 0
    for i = column, column + span - 1 do mm = mm + width * shares[i] end
    column = column + span
    self:cell(cell.contents, kind, mm, span, heading and 'center' or 'top')
  end
  self:raw('</w:tr>')
end

function Page:table(tbl, width)
  local shares, colspecs = {}, tbl.colspecs
  for i, spec in ipairs(colspecs) do shares[i] = spec[2] or 1 / #colspecs end
  self:render(tbl.caption.long, 'table-caption', width)
  self:table_start('Data', shares, width, tbl.attributes['aria-label'])
  for _, row in ipairs(tbl.head.rows) do self:row(row, 'table-head', shares, width) end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do self:row(row, 'table-cell', shares, width) end
  end
  self:table_end()
end

function Page:heading(block)
  local kind, text = class_in(block, self.job.profile.blocks), block.content
  if not kind then error('heading without a kind: ' .. pandoc.utils.stringify(block)) end
  -- An empty span is a bookmark at the heading; the header's own id would make one of everything below it.
  if block.identifier ~= '' then text:insert(1, pandoc.Span({}, pandoc.Attr(block.identifier))) end
  self:paragraph(pandoc.Para(text), kind)
end

function Page:div(div, kind, width)
  local columns, own = class_in(div, self.job.profile.columns), class_in(div, self.job.profile.blocks)
  if columns then
    self:columns(div.content, columns, width)
    return true
  end
  local written, length = self:render(div.content, own or kind, width), div.attributes.rule
  if length then self:rule(own, tonumber(length), width) end
  return written
end

-- Writes blocks, plain paragraphs as the profile's block `kind`; says whether there was any.
function Page:render(blocks, kind, width)
  local written = false
  for _, block in ipairs(blocks) do
    local tag = block.t
    if tag == 'Para' or tag == 'Plain' then
      self:paragraph(block, kind)
      written = true
    elseif tag == 'Header' then
      self:heading(block)
      written = true
    elseif tag == 'Table' then
      self:table(block, width)
      written = true
    elseif tag == 'Div' then
      written = self:div(block, kind, width) or written
    else
      error('a document may not hold a block of kind ' .. tag)
    end
  end
  return written
end

-- In a form, a span of class `fill` is a content control: its text is the hint that the writer's own words replace, or
-- with a `hint` of its own what it is filled with already. `tag` is its name for machines, `field` for people.
local function runs(span)
  local lines = split(span.content, { LineBreak = true })
  for i, line in ipairs(lines) do lines[i] = escape(pandoc.utils.stringify(line)) end
  -- LibreOffice 7.4 loses the breaks of a control that holds plain text: a blank before each keeps words apart.
  return '<w:t xml:space="preserve">' .. table.concat(lines, ' </w:t><w:br/><w:t xml:space="preserve">') .. '</w:t>'
end

local DATE = '<w:date><w:dateFormat w:val="&apos;ngày&apos; dd &apos;tháng&apos; M &apos;năm&apos; yyyy"/>' ..
  '<w:lid w:val="vi-VN"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'

local function kind_of(span)
  if span.attributes.kind == 'date' then return DATE end
  if not span.attributes.choices then return '<w:text w:multiLine="1"/>' end
  local items = {}
  for item in span.attributes.choices:gmatch('[^;]+') do
    items[#items + 1] = '<w:listItem w:displayText="' .. escape(item) .. '" w:value="' .. escape(item) .. '"/>'
  end
  return '<w:dropDownList>' .. table.concat(items) .. '</w:dropDownList>'
end

local function control(span, number)
  local filled = span.attributes.hint
  return pandoc.RawInline('openxml', '<w:sdt><w:sdtPr><w:alias w:val="' .. escape(span.attributes.field) ..
    '"/><w:tag w:val="' .. escape(span.attributes.tag) .. '"/><w:id w:val="' .. number ..
    '"/><w:lock w:val="sdtLocked"/>' .. (filled and '' or '<w:showingPlcHdr/>') .. kind_of(span) ..
    '</w:sdtPr><w:sdtContent><w:r>' .. (filled and '' or '<w:rPr><w:color w:val="595959"/></w:rPr>') .. runs(span) ..
    '</w:r></w:sdtContent></w:sdt>')
end

-- The blocks with their controls, and the names and hints of these, in order: for the file's properties. LibreOffice
-- 7.4 keeps a control's alias only, and does not say whether it shows its hint; the properties it keeps.
local function with_controls(blocks)
  local fields = {}
  local made = pandoc.Blocks(blocks):walk {
    traverse = 'topdown',
    Span = function(span)
      if not span.classes:includes('fill') then return nil end
      local hint = span.attributes.hint or pandoc.utils.stringify(span)
      fields[#fields + 1] = table.concat({ span.attributes.tag, span.attributes.field, hint }, '|')
      return control(span, #fields), false
    end,
  }
  return made, fields
end

local LINKS = { https = true, http = true, mailto = true, tel = true }

local function refuse_foreign(doc)
  doc:walk {
    Link = function(link)
      local scheme = link.target:match('^(%a+):')
      if not LINKS[scheme] then error('a document may not link to ' .. link.target) end
    end,
    Image = function(image)
      if not image.src:find('^data:image/png;base64,') then error('a document may not hold an image: ' .. image.src) end
      if pandoc.utils.stringify(image.caption) == '' then error('an image without a description') end
    end,
    RawInline = function(raw) error('a document may not hold raw ' .. raw.format) end,
  }
end

-- The document with line breaks and rules measured, and its orientation in the metadata.
function M.measure(doc, job, landscape)
  refuse_foreign(doc)
  doc.blocks = measured(doc.blocks, job, landscape and job.widths.landscape or job.widths.portrait)
  doc.meta.landscape = landscape
  return doc
end

-- Pictures under a name of their own: the writer would put the whole data address into the file beside the picture.
local function with_pictures(doc)
  local count = 0
  return doc:walk {
    Image = function(image)
      local mime, bytes = pandoc.mediabag.fetch(image.src)
      count = count + 1
      image.src = 'picture-' .. count .. '.png'
      pandoc.mediabag.insert(image.src, mime, bytes)
      return image
    end,
  }
end

-- The measured document as pandoc's DOCX writer is to have it; the metadata become the core properties only, and in a
-- form the custom ones by which it is known when it comes back.
function M.docx(doc, job)
  doc = with_pictures(doc)
  local width = doc.meta.landscape and job.widths.landscape or job.widths.portrait
  local meta = {}
  for _, key in ipairs { 'title', 'author', 'subject', 'lang' } do meta[key] = doc.meta[key] end
  local blocks = doc.blocks
  local fields = {}
  if doc.meta.controls or doc.meta.form then blocks, fields = with_controls(blocks) end
  if doc.meta.form then
    for number, field in ipairs(fields) do meta[('kehoach-field-%03d'):format(number)] = field end
    for key, value in pairs(doc.meta) do
      if key:find('^kehoach%-') then meta[key] = value end
    end
  end
  local page = new_page(job)
  page:render(blocks, 'body', width)
  page:flush()
  return pandoc.Pandoc(page.blocks, pandoc.Meta(meta))
end

-- In a document with tracked changes, an author's name that a mark and a number follow tells the two ends of a move.
local MOVE = '\u{2063}'

local function moved(xml, tag, word, inside)
  local ends = '<w:' .. word .. 'Range%s w:id="%d"%s/>'
  local pattern = '<w:' .. tag .. '( w:id="%d+" w:author="[^"]-)' .. MOVE .. '(%d+)("[^>]-)>(.-)</w:' .. tag .. '>'
  local single = '<w:' .. tag .. '( w:id="%d+" w:author="[^"]-)' .. MOVE .. '%d+("[^>]-)/>'
  xml = xml:gsub(single, '<w:' .. word .. '%1%2/>')
  return (xml:gsub(pattern, function(attributes, number, rest, content)
    local id = 600000 + 10 * tonumber(number) + (word == 'moveTo' and 1 or 0)
    local named = ' w:name="move' .. number .. '"' .. attributes:gsub(' w:id="%d+"', '') .. rest
    return ends:format('Start', id, named) .. '<w:' .. word .. attributes .. rest .. '>' .. inside(content) ..
      '</w:' .. word .. '>' .. ends:format('End', id, '')
  end))
end

local function with_paragraph_marks(xml)
  return (xml:gsub('<w:p>(.-)</w:p>', function(paragraph)
    local mark
    local bare = paragraph:gsub('<w:proofErr w:type="(%a+)" (w:author="[^"]*" w:date="[^"]*")%s*/>', function(tag, by)
      mark = '<w:rPr><w:' .. tag .. ' w:id="0" ' .. by .. ' /></w:rPr></w:pPr>'
      return ''
    end)
    return '<w:p>' .. (mark and bare:gsub('</w:pPr>', function() return mark end, 1) or bare) .. '</w:p>'
  end))
end

-- The DOCX with Word's own marks of paragraphs that came or went, and of moved text.
function M.with_changes(bytes)
  local entries = pandoc.zip.Archive(bytes).entries:map(function(entry)
    if entry.path ~= 'word/document.xml' then return entry end
    local xml = with_paragraph_marks(entry:contents())
    xml = moved(xml, 'ins', 'moveTo', function(content) return content end)
    xml = moved(xml, 'del', 'moveFrom', function(content) return (content:gsub('w:delText', 'w:t')) end)
    local count = 0
    xml = xml:gsub('(<w:%a+ w:id=")%d+(" w:author=)', function(head, rest)  -- one id a mark, in the order of the text
      count = count + 1
      return head .. 700000 + count .. rest
    end)
    return pandoc.zip.Entry(entry.path, xml, entry.modtime)
  end)
  return pandoc.zip.Archive(entries):bytestring()
end

return M
