-- The semantic AST of a document → the AST that pandoc's DOCX writer prints as the profile wants.
-- `measure` adds what only type metrics can tell (line breaks, rules' lengths) and serves the PDF as well;
-- `docx` replaces what pandoc's writer has no word for (borderless columns, rules, rows kept whole) by OOXML of ours.

local M = {}
local MM_PER_POINT = 25.4 / 72
local TIDY = '<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p>'

local function twips(mm) return string.format('%d', math.floor(mm * 1440 / 25.4 + 0.5)) end
local function xml(text) return pandoc.RawBlock('openxml', text) end
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

local function balanced(inlines, block, advances, limit)
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

local render

local function styled(block, style)
  return pandoc.Div({ pandoc.Para(block.content) }, pandoc.Attr('', {}, { ['custom-style'] = style }))
end

local function empty_paragraph(style_id) return xml('<w:p><w:pPr><w:pStyle w:val="' .. style_id .. '"/></w:pPr></w:p>') end

local function rule(kind, length, width)
  local side = twips((width - length) / 2)
  return xml(string.format('<w:p><w:pPr><w:pStyle w:val="%s"/><w:ind w:left="%s" w:right="%s"/></w:pPr></w:p>',
    'rule-' .. kind, side, side))
end

local function table_start(style, shares, width, caption)
  local grid = {}
  for i, share in ipairs(shares) do grid[i] = '<w:gridCol w:w="' .. twips(width * share) .. '"/>' end
  local described = caption ~= '' and '<w:tblCaption w:val="' .. escape(caption) .. '"/>' or ''
  return xml('<w:tbl><w:tblPr><w:tblStyle w:val="' .. style .. '"/><w:tblW w:w="' .. twips(width) ..
    '" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" ' ..
    'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>' .. described .. '</w:tblPr><w:tblGrid>' ..
    table.concat(grid) .. '</w:tblGrid>')
end

local function cell(blocks, mm, span, align)
  local many = span > 1 and '<w:gridSpan w:val="' .. span .. '"/>' or ''
  blocks:insert(1, xml('<w:tc><w:tcPr><w:tcW w:w="' .. twips(mm) .. '" w:type="dxa"/>' .. many ..
    '<w:vAlign w:val="' .. align .. '"/></w:tcPr>'))
  blocks:insert(xml('</w:tc>'))
  return blocks
end

-- Blocks side by side: a table without borders, every row whole.
local function columns_table(div, name, job, width)
  local look = job.profile.columns[name]
  local out = pandoc.Blocks { table_start('Columns', look.shares, width, '') }
  for i, part in ipairs(div.content) do
    local column = (i - 1) % #look.shares + 1
    if column == 1 then out:insert(xml('<w:tr><w:trPr><w:cantSplit/></w:trPr>')) end
    local mm = width * look.shares[column]
    out:extend(cell(render(part.content, job, mm, 'body'), mm, 1, 'top'))
    if column == #look.shares then out:insert(xml('</w:tr>')) end
  end
  out:insert(xml('</w:tbl>' .. TIDY))
  return out
end

local function data_row(row, shares, job, width, kind)
  local heading = kind == 'table-head' and '<w:tblHeader/>' or ''
  local out = pandoc.Blocks { xml('<w:tr><w:trPr><w:cantSplit/>' .. heading .. '</w:trPr>') }
  local column = 1
  for _, item in ipairs(row.cells) do
    local mm = 0
    for i = column, column + item.col_span - 1 do mm = mm + width * shares[i] end
    column = column + item.col_span
    local content = render(item.contents, job, mm, kind)
    if #content == 0 then content:insert(empty_paragraph(kind)) end
    out:extend(cell(content, mm, item.col_span, kind == 'table-head' and 'center' or 'top'))
  end
  out:insert(xml('</w:tr>'))
  return out
end

local function data_table(tbl, job, width)
  local shares, out = {}, pandoc.Blocks {}
  for i, spec in ipairs(tbl.colspecs) do shares[i] = spec[2] or 1 / #tbl.colspecs end
  local caption = pandoc.utils.stringify(tbl.caption.long)
  if caption ~= '' then out:extend(render(tbl.caption.long, job, width, 'table-caption')) end
  out:insert(table_start('Data', shares, width, caption))
  for _, row in ipairs(tbl.head.rows) do out:extend(data_row(row, shares, job, width, 'table-head')) end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do out:extend(data_row(row, shares, job, width, 'table-cell')) end
  end
  out:insert(xml('</w:tbl>' .. TIDY))
  return out
end

local function heading(block, job)
  local kind = class_in(block, job.profile.blocks)
  if not kind then error('heading without a kind: ' .. pandoc.utils.stringify(block)) end
  local inlines = block.content
  -- An empty span is a bookmark at the heading; the header's own id would make one of everything below it.
  if block.identifier ~= '' then inlines:insert(1, pandoc.Span({}, pandoc.Attr(block.identifier))) end
  return styled({ content = inlines }, job.profile.blocks[kind].style)
end

-- `kind` is the block of the profile that plain paragraphs take.
function render(blocks, job, width, kind)
  local out = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    if is_text(block) then
      if #block.content > 0 then out:insert(styled(block, job.profile.blocks[kind].style)) end
    elseif block.t == 'Header' then
      out:insert(heading(block, job))
    elseif block.t == 'Table' then
      out:extend(data_table(block, job, width))
    elseif block.t == 'Div' then
      local columns, own = class_in(block, job.profile.columns), class_in(block, job.profile.blocks)
      if columns then
        out:extend(columns_table(block, columns, job, width))
      else
        out:extend(render(block.content, job, width, own or kind))
        if block.attributes.rule then out:insert(rule(own, tonumber(block.attributes.rule), width)) end
      end
    else
      error('a document may not hold a block of kind ' .. block.t)
    end
  end
  return out
end

local function refuse_foreign(doc)
  doc:walk {
    Image = function(image) error('a document may not hold an image: ' .. image.src) end,
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

-- The measured document as pandoc's DOCX writer is to have it; the metadata become the core properties only.
function M.docx(doc, job)
  local width = doc.meta.landscape and job.widths.landscape or job.widths.portrait
  local meta = {}
  for _, key in ipairs { 'title', 'author', 'subject', 'lang' } do meta[key] = doc.meta[key] end
  return pandoc.Pandoc(render(doc.blocks, job, width, 'body'), pandoc.Meta(meta))
end

return M
