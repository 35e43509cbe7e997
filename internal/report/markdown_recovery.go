package report

func (m *markdownWriter) recovery() {}
