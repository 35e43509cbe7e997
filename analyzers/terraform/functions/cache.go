package functions

import (
	"sync"

	"github.com/zclconf/go-cty/cty"
)

// maxCached is how much text a Cache stands for at most. What was decoded of it
// takes some thirty times the memory.
const maxCached = 1 << 20

// Cache keeps what texts were decoded to. Tables share one, because the modules
// of a repository are often called from several roots and read the same files
// in each. It may be used from several goroutines.
type Cache struct {
	mutex  sync.Mutex
	size   int
	byText map[cacheKey]decoded
}

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{byText: make(map[cacheKey]decoded)} }

// cacheKey is everything that a result depends on.
type cacheKey struct {
	format   string
	elements int // the limit
	text     string
}

// decoded is what a text stands for.
type decoded struct {
	value   cty.Value
	err     error
	tooMany bool // values
}

// decoded decodes a text, or remembers what it was decoded to. A full cache is
// emptied: what was read last is what is most likely read again.
func (c *Cache) decoded(key cacheKey, decode func() decoded) decoded {
	c.mutex.Lock()
	known, ok := c.byText[key]
	c.mutex.Unlock()
	if ok {
		return known
	}
	known = decode()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.size += len(key.text); c.size > maxCached {
		clear(c.byText)
		c.size = len(key.text)
	}
	c.byText[key] = known
	return known
}
