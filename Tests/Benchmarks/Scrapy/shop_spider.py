"""Scrapy over the benchmark's site: the fields of each product page as JSON lines, the measured time to standard error.

scrapy runspider shop_spider.py -a site=http://127.0.0.1:8000 -a pages=2000 -o items.jsonl
"""
import sys

import scrapy


class ShopSpider(scrapy.Spider):
    name = "shop"
    custom_settings = {
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "DOWNLOAD_DELAY": 0,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }

    def start_requests(self):
        for number in range(int(self.pages)):
            yield scrapy.Request(f"{self.site}/p/{number}", callback=self.parse, dont_filter=False)

    def parse(self, response):
        product = response.css('[itemtype="https://schema.org/Product"]')
        offer = product.css('[itemprop="offers"]')
        yield {
            "url": response.url,
            "name": product.css('[itemprop="name"]::text').get(),
            "price": offer.css('[itemprop="price"]::attr(content)').get(),
            "currency": offer.css('[itemprop="priceCurrency"]::attr(content)').get(),
            "availability": offer.css('[itemprop="availability"]::attr(href)').get(),
            "sku": product.css('[itemprop="sku"]::attr(content)').get(),
            "gtin": product.css('[itemprop="gtin13"]::attr(content)').get(),
            "mpn": product.css('[itemprop="mpn"]::attr(content)').get(),
            "brand": product.css('[itemprop="brand"] [itemprop="name"]::text').get(),
        }

    def closed(self, reason):
        stats = self.crawler.stats
        # The collector notes the end after this: the same two moments, taken here.
        from datetime import datetime

        elapsed = (datetime.utcnow() - stats.get_value("start_time").replace(tzinfo=None)).total_seconds()
        print(f"seconds={elapsed} items={stats.get_value('item_scraped_count')}", file=sys.stderr)
