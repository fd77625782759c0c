-- `pandoc lua convert.lua JOB FOLDER`: every source of a job → FOLDER/<n>.docx and FOLDER/<n>.json, in one process.
-- A job is JSON: profile, widths, advances, template, references {portrait, landscape, …-sheet}, sources.
-- Nothing is read but the job and the reference documents; any warning of pandoc's is an error.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE or arg[0])
local document = dofile(pandoc.path.join { here, 'docx.lua' })
local job_file, folder = arg[1], arg[2]

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('a')
  file:close()
  return bytes
end

local function write(path, bytes)
  local file = assert(io.open(path, 'wb'))
  assert(file:write(bytes))
  assert(file:close())
end

local function strictly(action, ...)
  local messages, result = pandoc.log.silence(action, ...)
  for _, message in ipairs(messages) do
    local said = pandoc.json.decode(pandoc.json.encode(message), false)
    if said.verbosity ~= 'INFO' then error(said.pretty) end
  end
  return result
end

local function escape(text)
  return (text:gsub('[&<>]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;' }))
end

-- The reference document of a sheet has a place for the identification that runs at the foot of its pages.
local function with_running(path, running, number)
  local said = escape(running):gsub('%%', '%%%%')
  local entries = pandoc.zip.Archive(read(path)).entries:map(function(entry)
    if entry.path ~= 'word/footer1.xml' then return entry end
    return pandoc.zip.Entry(entry.path, (entry:contents():gsub('{running}', said)), entry.modtime)
  end)
  local patched = pandoc.path.join { folder, number .. '-reference.docx' }
  write(patched, pandoc.zip.Archive(entries):bytestring())
  return patched
end

local function reference(job, doc, number)
  local orientation = doc.meta.landscape and 'landscape' or 'portrait'
  if not doc.meta.running then return job.references[orientation] end
  return with_running(job.references[orientation .. '-sheet'], pandoc.utils.stringify(doc.meta.running), number)
end

local function convert(job, source, number)
  local doc
  if source.ast ~= '' then
    doc = strictly(pandoc.read, source.ast, 'json', nil, {})
  else
    doc = strictly(pandoc.read, source.html, 'html-auto_identifiers', nil, {})
    doc = document.measure(doc, job, source.landscape)
  end
  write(pandoc.path.join { folder, number .. '.json' }, strictly(pandoc.write, doc, 'json'))
  if job.only_ast then return end
  local options = pandoc.WriterOptions {
    reference_doc = reference(job, doc, number),
    template = pandoc.template.compile(job.template),
    highlight_method = 'none',
  }
  local docx = strictly(pandoc.write, document.docx(doc, job), 'docx', options)
  if doc.meta.redline then docx = document.with_changes(docx) end
  write(pandoc.path.join { folder, number .. '.docx' }, docx)
end

local job = pandoc.json.decode(read(job_file), false)
for number, source in ipairs(job.sources) do
  local ok, message = pcall(convert, job, source, number)
  if not ok then
    io.stderr:write(source.id, ': ', tostring(message), '\n')
    os.exit(1)
  end
end
